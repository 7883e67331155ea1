import { type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import { checkCel, evaluatesTo } from "../checks/check-cel.js";
import type { MatchCondition } from "../types/admissionregistration-v1.js";

const MAX = 64;
const VARIABLES = ["object", "oldObject", "request", "namespaceObject", "authorizer"];

/** What expressions may refer to; `params` only where there is a kind of parameters. */
export function celVariables(hasParams: boolean, ...more: readonly string[]): readonly string[] {
  return [...VARIABLES, ...(hasParams ? ["params"] : []), ...more];
}

/** Conditions on requests, each with a name of its own; upstream's `validateMatchConditions`. */
export function checkMatchConditions(
  conditions: readonly MatchCondition[],
  hasParams: boolean,
  path: string,
  errors: FieldErrors,
): void {
  const names = new Set<string>();
  if (conditions.length > MAX) errors.tooMany(path, conditions.length, MAX);
  for (const [index, { name, expression }] of conditions.entries()) {
    const at = `${path}[${index}]`;
    const trimmed = expression.trim();
    if (trimmed === "") errors.required(`${at}.expression`);
    else checkCel(trimmed, celVariables(hasParams), `${at}.expression`, errors, evaluatesTo("bool"));
    if (name === "") {
      errors.required(`${at}.name`);
      continue;
    }
    errors.invalidEach(`${at}.name`, name, qualifiedNameErrors(name));
    if (names.has(name)) errors.duplicate(`${at}.name`, name);
    names.add(name);
  }
}
