import type { ResourceDescriptor } from "@quarterdeck/scheme";

/** The key of an object as errors tell it: as upstream's store has it, below its own prefix and without the group. */
export function toldKey(
  { group, resource, flavour }: Pick<ResourceDescriptor, "group" | "resource" | "flavour">,
  namespace: string,
  name: string,
): string {
  const parts = [...(flavour === "custom" ? [group] : []), resource, ...(namespace === "" ? [] : [namespace]), name];
  return `/${parts.join("/")}`;
}
