import { formatGroupResource } from "@quarterdeck/meta";
import { type Constructor, pluralOf, resourceRecord } from "@quarterdeck/sdk";

/** The group of a kind and the name that it has in a config: `pods`, `deployments.apps`. */
export interface KindName {
  readonly group: string;
  readonly resource: string;
}

/** Those of a decorated class. */
export function kindName(owner: Constructor): KindName {
  const { group = "", kind = owner.name, plural } = resourceRecord(owner) ?? {};
  return { group, resource: formatGroupResource({ group, resource: plural ?? pluralOf(kind) }) };
}
