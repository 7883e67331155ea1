import type { JsonValue } from "@quarterdeck/meta";

/** How a filter compares what its path finds with a literal; `exists` asks only whether it finds anything. */
export type FilterOperator = "exists" | "==" | "!=" | "<" | "<=" | ">" | ">=";

/** One step of a JSON path. */
export type JsonPathStep =
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "wildcard" }
  | { readonly kind: "slice"; readonly from: number | undefined; readonly to: number | undefined }
  | {
      readonly kind: "filter";
      readonly path: readonly JsonPathStep[];
      readonly operator: FilterOperator;
      readonly literal: JsonValue;
    };

/** A JSON path that does not parse, or that uses what is not supported. */
export class JsonPathError extends Error {
  override readonly name = "JsonPathError";

  constructor(
    readonly path: string,
    problem: string,
  ) {
    super(problem);
  }
}
