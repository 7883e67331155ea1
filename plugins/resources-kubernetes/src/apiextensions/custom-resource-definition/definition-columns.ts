import type { ColumnOptions } from "@quarterdeck/sdk";
import { typedCell, typedText } from "../../columns/typed-cell.js";
import type { CustomResourceDefinition } from "../../types/apiextensions-v1.js";

/** The versions that are served, with a mark on the one that is stored. */
function versionsCell({ spec }: CustomResourceDefinition): string {
  const served = (spec.versions ?? []).filter((version) => version.served);
  return served
    .map(({ name, storage }) => (storage ? `${name}(storage)` : name))
    .sort()
    .join(",");
}

function isEstablished({ status }: CustomResourceDefinition): boolean {
  return (status.conditions ?? []).some((one) => one.type === "Established" && one.status === "True");
}

/** The columns of definitions but the name and the moment of their making. */
export const DEFINITION_COLUMNS = {
  scope: {
    name: "Scope",
    type: "string",
    description: "Whether objects are in namespaces",
    value: typedText(({ spec }: CustomResourceDefinition) => spec.scope),
  },
  versions: {
    name: "Versions",
    type: "string",
    description: "The versions that are served",
    value: typedText(versionsCell),
  },
  group: {
    name: "Group",
    type: "string",
    priority: 1,
    description: "The group",
    value: typedText(({ spec }: CustomResourceDefinition) => spec.group),
  },
  kind: {
    name: "Kind",
    type: "string",
    priority: 1,
    description: "The kind of the objects",
    value: typedText(({ spec }: CustomResourceDefinition) => spec.names.kind),
  },
  shortNames: {
    name: "ShortNames",
    type: "string",
    priority: 1,
    description: "The short names",
    value: typedText(({ spec }: CustomResourceDefinition) => (spec.names.shortNames ?? []).join(",")),
  },
  established: {
    name: "Established",
    type: "boolean",
    priority: 1,
    description: "Whether objects can be had",
    value: typedCell(isEstablished),
  },
} as const satisfies { readonly [name: string]: ColumnOptions };
