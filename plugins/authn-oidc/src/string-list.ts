import type { CelValue } from "@quarterdeck/cel";
import { RejectedTokenError } from "./rejected-token-error.js";

/** A text, or a list of texts; empty ones count as none, as upstream takes the results of expressions. */
export function stringList(value: CelValue, what: string): readonly string[] {
  if (value === null || value === "") return [];
  if (typeof value === "string") return [value];
  const items: readonly unknown[] = Array.isArray(value) ? value : [undefined];
  return items.flatMap((item) => {
    if (typeof item === "string") return item === "" ? [] : [item];
    throw new RejectedTokenError(`error evaluating ${what}: expression must return a string or a list of strings`);
  });
}
