import type { KubeObject } from "@quarterdeck/meta";
import type { ColumnOptions } from "@quarterdeck/sdk";
import { EVENT_CELLS } from "./event-cells.js";

type EventColumns = { readonly [cell in keyof typeof EVENT_CELLS | "name"]: ColumnOptions };

/** The columns of events; `core` gives an event the form that the core group has it in. */
export function eventColumns(core: (event: KubeObject) => KubeObject): EventColumns {
  const cell =
    (name: keyof typeof EVENT_CELLS) =>
    (event: KubeObject): string | number =>
      EVENT_CELLS[name](core(event));
  return {
    lastSeen: {
      name: "Last Seen",
      type: "age",
      description: "The time since it was last seen",
      value: cell("lastSeen"),
    },
    type: { name: "Type", type: "string", description: "Normal or Warning", value: cell("type") },
    reason: { name: "Reason", type: "string", description: "The cause in one word", value: cell("reason") },
    object: { name: "Object", type: "string", description: "What it happened to", value: cell("object") },
    subobject: {
      name: "Subobject",
      type: "string",
      priority: 1,
      description: "The part it happened to",
      value: cell("subobject"),
    },
    source: { name: "Source", type: "string", priority: 1, description: "Who reports it", value: cell("source") },
    message: { name: "Message", type: "string", description: "The cause in a sentence", value: cell("message") },
    firstSeen: {
      name: "First Seen",
      type: "age",
      priority: 1,
      description: "The time since it began",
      value: cell("firstSeen"),
    },
    count: { name: "Count", type: "string", priority: 1, description: "How often it was seen", value: cell("count") },
    name: {
      name: "Name",
      type: "string",
      format: "name",
      priority: 1,
      description: "The name",
      jsonPath: ".metadata.name",
    },
  };
}

/** Those of the core group. */
export const EVENT_COLUMNS = eventColumns((event) => event);
