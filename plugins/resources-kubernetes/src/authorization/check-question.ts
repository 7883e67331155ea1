import { FieldErrors, type ObjectMeta, StatusError } from "@quarterdeck/meta";
import type {
  FieldSelectorAttributes,
  LabelSelectorAttributes,
  SelfSubjectAccessReviewSpec,
  SubjectAccessReviewSpec,
} from "../types/authorization-v1.js";

function checkSelector(
  selector: FieldSelectorAttributes | LabelSelectorAttributes | undefined,
  path: string,
  errors: FieldErrors,
): void {
  if (selector === undefined) return;
  const { rawSelector = "", requirements = [] } = selector;
  if (rawSelector !== "" && requirements.length > 0) {
    errors.invalid(`${path}.rawSelector`, rawSelector, "may not specified at the same time as requirements");
  }
  if (rawSelector === "" && requirements.length === 0) {
    errors.required(`${path}.requirements`, `when ${path} is specified, requirements or rawSelector is required`);
  }
  for (const [index, { operator, values = [] }] of requirements.entries()) {
    const at = `${path}.requirements[${index}].values`;
    if ((operator === "In" || operator === "NotIn") && values.length === 0) {
      errors.required(at, "must be specified when `operator` is 'In' or 'NotIn'");
    }
    if ((operator === "Exists" || operator === "DoesNotExist") && values.length > 0) {
      errors.forbidden(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
    }
  }
}

/** A question must be about a resource or about a path. */
export function checkQuestion(spec: SelfSubjectAccessReviewSpec, errors: FieldErrors): void {
  checkUnion(spec, errors);
  checkSelectors(spec, errors);
}

function checkUnion(
  { resourceAttributes, nonResourceAttributes }: SelfSubjectAccessReviewSpec,
  errors: FieldErrors,
): void {
  if ((resourceAttributes === undefined) !== (nonResourceAttributes === undefined)) return;
  const why = "exactly one of nonResourceAttributes or resourceAttributes must be specified";
  errors.invalid("spec", nonResourceAttributes, why);
}

function checkSelectors({ resourceAttributes }: SelfSubjectAccessReviewSpec, errors: FieldErrors): void {
  checkSelector(resourceAttributes?.fieldSelector, "spec.resourceAttributes.fieldSelector", errors);
  checkSelector(resourceAttributes?.labelSelector, "spec.resourceAttributes.labelSelector", errors);
}

/** The same about somebody, who must be named. */
export function checkSubject(spec: SubjectAccessReviewSpec, errors: FieldErrors): void {
  checkUnion(spec, errors);
  if ((spec.user ?? "") === "" && (spec.groups ?? []).length === 0) {
    errors.invalid("spec.user", spec.user ?? "", "at least one of user or group must be specified");
  }
  checkSelectors(spec, errors);
}

/** 422 Invalid with what a check finds; upstream names the group of the kind here, but not the kind. */
export function refuseFaults(check: (errors: FieldErrors) => void): void {
  const errors = new FieldErrors();
  check(errors);
  if (!errors.empty) throw StatusError.invalid({ group: "authorization.k8s.io", kind: "" }, "", errors.list);
}

/** A review is no object, so nobody may name it. */
export function checkBareMetadata(metadata: ObjectMeta, allowed: readonly string[], errors: FieldErrors): void {
  const stranger = Object.keys(metadata).find((key) => key !== "managedFields" && !allowed.includes(key));
  if (stranger === undefined) return;
  const why = allowed.includes("namespace") ? "must be empty except for namespace" : "must be empty";
  errors.invalid("metadata", metadata, why);
}
