import type { KubeObject } from "@quarterdeck/meta";
import { inheritedRecords, updateRecord } from "./record.js";

const COLUMNS_KEY = "quarterdeck:resource/columns";

interface ColumnBase {
  /** The heading; `kubectl get` shows it in capitals. */
  readonly name: string;
  /**
   * `date` and `age` show an RFC 3339 time as the time since. A `date` says so to clients, as columns of custom resources
   * do; an `age` is a `string` to them, as in the tables of native kinds. A `time` is a `date` to them and shown as it is, as in the
   * tables of kinds for which upstream has no columns.
   */
  readonly type: "string" | "integer" | "number" | "boolean" | "date" | "age" | "time";
  readonly format?: string;
  readonly description?: string;
  /** 0 is always shown, more only with `-o wide`. */
  readonly priority?: number;
}

/** A column of `kubectl get`: a JSONPath as in a CustomResourceDefinition, or a function of the object. */
export type ColumnOptions =
  | (ColumnBase & { readonly jsonPath: string })
  | (ColumnBase & { readonly value: (object: KubeObject) => string | number | boolean | null | undefined });

/**
 * Declares a printed column. Name comes first and Age last unless the class has columns called so, or does without:
 * `@Resource({ defaultColumns: false })`.
 */
export function Column(options: ColumnOptions): ClassDecorator {
  return (owner) => updateRecord<readonly ColumnOptions[]>(owner, COLUMNS_KEY, [], (before) => [options, ...before]);
}

/** The columns of a class, in the order in which they are written. */
export function columnRecords(owner: object): readonly ColumnOptions[] {
  return inheritedRecords<readonly ColumnOptions[]>(owner, COLUMNS_KEY).flat();
}
