import { isJsonObject, type KubeObject } from "@quarterdeck/meta";
import type { VersionDescriptor } from "@quarterdeck/scheme";
import type { Services } from "@quarterdeck/sdk";

/** The objects that a class makes for a read, with what it may leave out. */
export async function madeObjects(
  { apiVersion, kind, hooks }: VersionDescriptor,
  services: Services,
): Promise<readonly KubeObject[]> {
  const made = (await hooks.readObjects?.(services)) ?? [];
  return made.map((one) => {
    if (!isJsonObject(one) || !isJsonObject(one.metadata) || typeof one.metadata.name !== "string")
      throw new TypeError(`an object that readObjects of ${kind} made has no name`);
    return { kind, apiVersion, ...one, metadata: one.metadata };
  });
}
