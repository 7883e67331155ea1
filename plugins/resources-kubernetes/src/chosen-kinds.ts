import type { Constructor } from "@quarterdeck/sdk";
import { kindName } from "./kind-name.js";
import { KINDS } from "./kinds.js";
import { KubernetesOptions } from "./kubernetes-options.js";

/** The kinds that the options choose: those of the groups and the single ones, all of them when neither is said. */
export function chosenKinds(options: object): readonly Constructor[] {
  if (!(options instanceof KubernetesOptions)) return KINDS;
  const { groups, resources } = options;
  if (groups === undefined && resources === undefined) return KINDS;
  return KINDS.filter((owner) => {
    const { group, resource } = kindName(owner);
    return groups?.includes(group) || resources?.includes(resource);
  });
}
