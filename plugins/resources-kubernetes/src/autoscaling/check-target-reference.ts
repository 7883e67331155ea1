import type { FieldErrors } from "@quarterdeck/meta";
import { checkPathSegment } from "../checks/check-reference-part.js";
import type { CrossVersionObjectReference } from "../types/autoscaling-v2.js";

/** What the apiVersion of a reference may be: `any` text, a version of any group, or one of a group that has a name. */
export type VersionRule = "any" | "versioned" | "grouped";

/** What is wrong with the apiVersion of a reference; upstream's `ValidateAPIVersion`. */
export function apiVersionProblem(
  { apiVersion = "" }: CrossVersionObjectReference,
  rule: VersionRule,
): string | undefined {
  if (rule === "any") return undefined;
  if (apiVersion.split("/").length > 2) return `unexpected GroupVersion string: ${apiVersion}`;
  const group = apiVersion.slice(0, Math.max(apiVersion.indexOf("/"), 0));
  return rule === "grouped" && group === "" ? "apiVersion must specify API group" : undefined;
}

/** A reference to an object in whatever version; upstream's `ValidateCrossVersionObjectReference`. */
export function checkTargetReference(
  reference: CrossVersionObjectReference,
  path: string,
  rule: VersionRule,
  errors: FieldErrors,
): void {
  checkPathSegment(reference.kind, `${path}.kind`, errors);
  checkPathSegment(reference.name, `${path}.name`, errors);
  const problem = apiVersionProblem(reference, rule);
  if (problem !== undefined) errors.invalid(`${path}.apiVersion`, reference.apiVersion ?? "", problem);
}
