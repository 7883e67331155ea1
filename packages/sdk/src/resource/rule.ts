import { inheritedRecords, updateRecord } from "./record.js";

const RULES_KEY = "quarterdeck:resource/rules";

/** A CEL rule over the object or the part it stands on; the vocabulary of `x-kubernetes-validations`. */
export interface CelRule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: "FieldValueInvalid" | "FieldValueForbidden" | "FieldValueRequired" | "FieldValueDuplicate";
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
}

/** Declares a CEL rule on a resource class or on a class used as a field. */
export function Rule(rule: CelRule): ClassDecorator {
  return (owner) => updateRecord<readonly CelRule[]>(owner, RULES_KEY, [], (before) => [rule, ...before]);
}

/** The CEL rules of a class, in the order in which they are written. */
export function ruleRecords(owner: object): readonly CelRule[] {
  return inheritedRecords<readonly CelRule[]>(owner, RULES_KEY).flat();
}
