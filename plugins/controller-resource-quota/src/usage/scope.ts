import type { JsonObject } from "@quarterdeck/meta";
import { objectAt, objectsAt } from "./json.js";

/** One condition on the objects that a quota counts. */
export interface Scope {
  readonly name: string;
  readonly operator: string;
  readonly values: readonly string[];
}

function scopeOf({ scopeName, operator, values }: JsonObject): Scope {
  return {
    name: String(scopeName),
    operator: String(operator),
    values: Array.isArray(values) ? values.map(String) : [],
  };
}

/** The conditions of a quota's spec, of which all must be met. */
export function scopesOf(quota: unknown): readonly Scope[] {
  const { scopes } = objectAt(quota, "spec");
  const plain = Array.isArray(scopes) ? scopes : [];
  return [
    ...plain.map((name): Scope => ({ name: String(name), operator: "Exists", values: [] })),
    ...objectsAt(quota, "spec", "scopeSelector", "matchExpressions").map(scopeOf),
  ];
}

/** Whether something that has these values, often one or none, meets the condition. */
export function meetsScope({ operator, values }: Scope, own: readonly string[]): boolean {
  const among = own.some((value) => values.includes(value));
  switch (operator) {
    case "Exists":
      return own.length > 0;
    case "DoesNotExist":
      return own.length === 0;
    case "In":
      return among;
    // With several values one that is not among them is enough.
    default:
      return operator === "NotIn" && (own.length === 0 || own.some((value) => !values.includes(value)));
  }
}
