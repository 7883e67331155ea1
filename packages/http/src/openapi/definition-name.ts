import type { GroupVersion } from "@quarterdeck/meta";

/** Groups whose Go package is not named for them. */
const PACKAGES: { readonly [group: string]: string } = {
  "apiextensions.k8s.io": "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions",
  "apiregistration.k8s.io": "io.k8s.kube-aggregator.pkg.apis.apiregistration",
  "internal.apiserver.k8s.io": "io.k8s.api.apiserverinternal",
  "": "io.k8s.api.core",
};

/**
 * The prefix of the definition names of a group and version, with a dot at the end: `com.example.delivery.v1.`
 * for `delivery.example.com/v1`, `io.k8s.api.apps.v1.` for `apps/v1`, as upstream names both.
 */
export function definitionPrefix({ group, version }: GroupVersion): string {
  const named = Object.hasOwn(PACKAGES, group) ? PACKAGES[group] : undefined;
  if (named !== undefined) return `${named}.${version}.`;
  if (!group.includes(".") || group.endsWith(".k8s.io")) return `io.k8s.api.${group.split(".")[0]}.${version}.`;
  return `${group.split(".").reverse().join(".")}.${version}.`;
}
