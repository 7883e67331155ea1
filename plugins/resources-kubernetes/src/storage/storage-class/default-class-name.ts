import type { KubeObject } from "@quarterdeck/meta";

const DEFAULT_CLASS = [
  "storageclass.kubernetes.io/is-default-class",
  "storageclass.beta.kubernetes.io/is-default-class",
];

/** The name of a storage class as tables show it: `fast (default)` when its annotation says so. */
export function defaultClassName({ metadata: { name = "", annotations } }: KubeObject): string {
  return DEFAULT_CLASS.some((key) => annotations?.[key] === "true") ? `${name} (default)` : name;
}
