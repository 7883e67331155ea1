import type { FieldRequirement, LabelRequirement } from "@quarterdeck/meta";
import type { VersionDescriptor } from "@quarterdeck/scheme";
import type { ObjectSelector, SelectorAttribute, SelectorCondition } from "@quarterdeck/storage";
import type { ReadQuery } from "./read-query.js";

const NAME = "metadata.name";
const NAMESPACE = "metadata.namespace";

function labelAttribute(key: string): SelectorAttribute {
  return {
    id: `label ${key}`,
    read: ({ labels }) => (Object.hasOwn(labels, key) ? labels[key] : undefined),
  };
}

function fieldAttribute(version: VersionDescriptor, field: string): SelectorAttribute {
  const read = version.selectableFields.get(field);
  return {
    id: `field ${version.version} ${field}`,
    read: (stored) => read?.(version.fromStorage(stored.object)) ?? "",
  };
}

/** What a label has to be; undefined for a requirement that says what it must not be. */
function labelCondition({ key, operator, values }: LabelRequirement): SelectorCondition | undefined {
  if (operator === "exists") return { attribute: labelAttribute(key), values: undefined };
  return operator === "=" || operator === "==" || operator === "in"
    ? { attribute: labelAttribute(key), values }
    : undefined;
}

function fieldCondition(version: VersionDescriptor, requirement: FieldRequirement): SelectorCondition | undefined {
  const { field, operator, value } = requirement;
  return operator === "=" && version.selectableFields.has(field)
    ? { attribute: fieldAttribute(version, field), values: [value] }
    : undefined;
}

/**
 * The conditions in the selectors of a read that the store's indices can answer; undefined when there is none.
 * `narrowed` is what the read is confined to already.
 */
export function selectorConditions(
  version: VersionDescriptor,
  { labelSelector, fieldSelector }: ReadQuery,
  narrowed: { readonly namespace: string; readonly name: string | undefined },
): ObjectSelector | undefined {
  const conditions: SelectorCondition[] = [];
  let complete = true;
  const take = (condition: SelectorCondition | undefined): void => {
    if (condition === undefined) complete = false;
    else conditions.push(condition);
  };
  for (const requirement of labelSelector?.requirements ?? []) take(labelCondition(requirement));
  for (const requirement of fieldSelector?.requirements ?? []) {
    const { field, operator, value } = requirement;
    const confined = field === NAME ? narrowed.name : field === NAMESPACE ? narrowed.namespace : undefined;
    if (confined === undefined || confined !== value || operator !== "=") take(fieldCondition(version, requirement));
  }
  return conditions.length === 0 ? undefined : { conditions, complete };
}
