import type { JsonObject } from "@quarterdeck/meta";

/** The least template of pods that end. */
export function template(spec: JsonObject = {}, metadata: JsonObject = {}): JsonObject {
  return { metadata, spec: { restartPolicy: "Never", containers: [{ name: "main", image: "busybox:1.36" }], ...spec } };
}

/** What upstream's defaults make of its spec. */
export const DEFAULTED_SPEC = {
  containers: [
    {
      name: "main",
      image: "busybox:1.36",
      resources: {},
      terminationMessagePath: "/dev/termination-log",
      terminationMessagePolicy: "File",
      imagePullPolicy: "IfNotPresent",
    },
  ],
  restartPolicy: "Never",
  terminationGracePeriodSeconds: 30,
  dnsPolicy: "ClusterFirst",
  securityContext: {},
  schedulerName: "default-scheduler",
} as const;
