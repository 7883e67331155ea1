import type { JsonValue } from "@quarterdeck/meta";
import { isFull, renderPath, type Walk } from "../normalise/walk.js";
import type { SchemaValidations } from "../schema/structural-schema.js";

/** Checks one value, whatever its type; a check that is not for that type passes it. */
export type Check = (value: JsonValue, walk: Walk) => void;

/** Compiles all checks of a schema further down; undefined when there is nothing to check. */
export type CompileCheck = (schema: SchemaValidations) => Check | undefined;

/** Reports `path in body <should>` with the value in front, as kube-openapi's validators do. */
export function reportInvalid(walk: Walk, value: JsonValue, should: string): void {
  if (isFull(walk)) return;
  const path = renderPath(walk);
  walk.errors.invalid(path, value, `${path} in body ${should}`);
}

/** Reports what upstream cannot say the place of; its field is the text that Go prints for none, which clients see. */
export function reportPlaceless(walk: Walk, detail: string): void {
  if (!isFull(walk)) walk.errors.invalid("<nil>", "", detail);
}

/** One check out of several; undefined for none. */
export function allOfChecks(checks: readonly (Check | undefined)[]): Check | undefined {
  const present = checks.filter((check) => check !== undefined);
  const [first] = present;
  if (present.length < 2) return first;
  return (value, walk) => {
    for (const check of present) check(value, walk);
  };
}
