import { compileResources, type ResourceDescriptor, type VersionDescriptor } from "@quarterdeck/scheme";
import type { MessageShape } from "@quarterdeck/sdk";
import { objectMessage } from "@quarterdeck/wire";
import { KINDS } from "../../plugins/resources-kubernetes/src/kinds.js";

/** A native kind in one of its versions. */
export interface NativeKind {
  readonly title: string;
  readonly descriptor: ResourceDescriptor;
  readonly version: VersionDescriptor;
  /** The version of the same message in upstream's types of 1.36, from which the facts are. */
  readonly upstream: string;
}

const EARLIER: ReadonlyMap<string, string> = new Map([
  ["certificates.k8s.io/v1 ClusterTrustBundle", "certificates.k8s.io/v1beta1"],
  ["certificates.k8s.io/v1 PodCertificateRequest", "certificates.k8s.io/v1beta1"],
  ["storagemigration.k8s.io/v1 StorageVersionMigration", "storagemigration.k8s.io/v1beta1"],
  ["resource.k8s.io/v1 DeviceTaintRule", "resource.k8s.io/v1alpha3"],
]);

/** All native kinds, in all their versions. */
export const NATIVE_KINDS: readonly NativeKind[] = compileResources([...KINDS], {
  runtimeConfig: { "api/all": true },
  sourceOf: () => "kubernetes",
}).flatMap((descriptor) =>
  [...descriptor.versions.values()].map((version) => {
    const title = `${version.apiVersion} ${version.kind}`;
    return { title, descriptor, version, upstream: EARLIER.get(title) ?? version.apiVersion };
  }),
);

/** The message of a native kind; they all have one. */
export function messageOf({ descriptor, version, title }: NativeKind): MessageShape {
  const message = objectMessage(descriptor, version);
  if (message === undefined) throw new Error(`${title} has no message`);
  return message;
}
