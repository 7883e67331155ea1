import type { KubeObject } from "@quarterdeck/meta";
import { inheritedRecords, updateRecord } from "./record.js";

const COLUMNS_KEY = "quarterdeck:resource/columns";

interface ColumnBase {
  /** The heading; `kubectl get` shows it in capitals. */
  readonly name: string;
  readonly type: "string" | "integer" | "number" | "boolean" | "date";
  readonly format?: string;
  readonly description?: string;
  /** 0 is always shown, more only with `-o wide`. */
  readonly priority?: number;
}

/** A column of `kubectl get`: a JSONPath as in a CustomResourceDefinition, or a function of the object. */
export type ColumnOptions =
  | (ColumnBase & { readonly jsonPath: string })
  | (ColumnBase & { readonly value: (object: KubeObject) => string | number | boolean | null | undefined });

/** Declares a printed column. Name is always first; Age is last unless a column of the class is called so. */
export function Column(options: ColumnOptions): ClassDecorator {
  return (owner) => updateRecord<readonly ColumnOptions[]>(owner, COLUMNS_KEY, [], (before) => [options, ...before]);
}

/** The columns of a class, in the order in which they are written. */
export function columnRecords(owner: object): readonly ColumnOptions[] {
  return inheritedRecords<readonly ColumnOptions[]>(owner, COLUMNS_KEY).flat();
}
