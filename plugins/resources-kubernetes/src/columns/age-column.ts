import type { ColumnOptions } from "@quarterdeck/sdk";

/** The Age column as the tables of native kinds have it: a string to clients, where other kinds say `date`. */
export const AGE_COLUMN: ColumnOptions = {
  name: "Age",
  type: "age",
  description: "The time since the object was created",
  jsonPath: ".metadata.creationTimestamp",
};
