import type { JsonObject } from "@quarterdeck/meta";

/** The least template of pods, with the labels `app: web`. */
export function template(spec: JsonObject = {}): JsonObject {
  return {
    metadata: { labels: { app: "web" } },
    spec: { containers: [{ name: "web", image: "nginx:1.27" }], ...spec },
  };
}

/** A selector that chooses them. */
export const SELECTOR = { matchLabels: { app: "web" } } as const;

/** What upstream's defaults make of the template's spec. */
export const DEFAULTED_SPEC = {
  containers: [
    {
      name: "web",
      image: "nginx:1.27",
      resources: {},
      terminationMessagePath: "/dev/termination-log",
      terminationMessagePolicy: "File",
      imagePullPolicy: "IfNotPresent",
    },
  ],
  restartPolicy: "Always",
  terminationGracePeriodSeconds: 30,
  dnsPolicy: "ClusterFirst",
  securityContext: {},
  schedulerName: "default-scheduler",
} as const;
