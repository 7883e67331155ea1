import type { ColumnOptions } from "@quarterdeck/sdk";

/** What the table of a kind without columns of its own shows: the time itself, not the time since. */
export const CREATED_AT_COLUMN: ColumnOptions = {
  name: "Created At",
  type: "time",
  description: "When the object was created",
  value: ({ metadata }) => metadata.creationTimestamp ?? "",
};
