import type { KubeObject } from "@quarterdeck/meta";

/** The collection of rollouts in a namespace, in one version. */
export function rolloutsOf(namespace: string, version = "v1"): string {
  return `/apis/delivery.example.com/${version}/namespaces/${namespace}/rollouts`;
}

/** A rollout that is valid; what the spec says more goes over it. */
export function rollout(name: string, spec: object = {}): KubeObject {
  return {
    apiVersion: "delivery.example.com/v1",
    kind: "Rollout",
    metadata: { name },
    spec: { image: "web:1", ...spec },
  };
}
