import { FieldErrors } from "@quarterdeck/meta";
import { checkCel } from "../../checks/check-cel.js";
import type { JSONSchemaProps, ValidationRule } from "../../types/apiextensions-v1.js";
import { checkListType, checkMapType } from "./check-list-type.js";
import { checkStructural } from "./check-structural.js";

const TYPES: readonly string[] = ["array", "boolean", "integer", "number", "object", "string"];
const REASONS: readonly string[] = [
  "FieldValueDuplicate",
  "FieldValueForbidden",
  "FieldValueInvalid",
  "FieldValueRequired",
];
const META_FIELDS: readonly string[] = ["metadata", "kind", "apiVersion"];

/** Members of JSON Schema that upstream does not take. */
const UNSUPPORTED = ["id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"] as const;

/** Where a schema stands. */
interface Surroundings {
  readonly root: boolean;
  /** Within the metadata, kind or apiVersion of a resource. */
  readonly inMeta: boolean;
  /** Why there may be no default; undefined where there may. */
  readonly noDefault: string | undefined;
}

function checkMembers(schema: JSONSchemaProps, path: string, where: Surroundings, errors: FieldErrors): void {
  const { type = "" } = schema;
  if (type !== "" && !TYPES.includes(type)) errors.notSupported(`${path}.type`, type, TYPES);
  if (schema.default !== undefined && where.noDefault !== undefined)
    errors.forbidden(`${path}.default`, `must not be set ${where.noDefault}`);
  for (const member of UNSUPPORTED)
    if (schema[member] !== undefined) errors.forbidden(`${path}.${member}`, `${member} is not supported`);
  if (type === "null") errors.forbidden(`${path}.type`, "type cannot be set to null, use nullable as an alternative");
  if (Array.isArray(schema.items)) errors.forbidden(`${path}.items`, "items must be a schema object and not an array");
  if (where.inMeta && schema["x-kubernetes-embedded-resource"] === true)
    errors.forbidden(`${path}.x-kubernetes-embedded-resource`, "must not be used inside of resource meta");
  if (schema.uniqueItems === true)
    errors.forbidden(
      `${path}.uniqueItems`,
      "uniqueItems cannot be set to true since the runtime complexity becomes quadratic",
    );
}

function checkRule(rule: ValidationRule, path: string, errors: FieldErrors): void {
  const { message = "", messageExpression = "", reason, fieldPath = "" } = rule;
  const empty = "must be non-empty if specified";
  if (rule.rule.trim() === "") errors.required(`${path}.rule`, "rule is not specified");
  else if (message !== "" && message.trim() === "") errors.invalid(`${path}.message`, message, empty);
  else if (/[\n\r]/.test(message.trim())) errors.invalid(`${path}.message`, message, "must not contain line breaks");
  else if (/[\n\r]/.test(rule.rule.trim()) && message === "")
    errors.required(`${path}.message`, "message must be specified if rule contains line breaks");
  if (messageExpression !== "" && messageExpression.trim() === "")
    errors.required(`${path}.messageExpression`, "messageExpression must be non-empty if specified");
  if (reason !== undefined && !REASONS.includes(reason)) errors.notSupported(`${path}.reason`, reason, REASONS);
  if (fieldPath !== "" && fieldPath.trim() === "") errors.invalid(`${path}.fieldPath`, fieldPath, empty);
  if (/[\n\r]/.test(fieldPath)) errors.invalid(`${path}.fieldPath`, fieldPath, "must not contain line breaks");
}

/** The schemas below one, with what is different there. */
function below(schema: JSONSchemaProps, path: string, where: Surroundings): [string, JSONSchemaProps, Surroundings][] {
  const inside = { ...where, root: false };
  const found: [string, JSONSchemaProps, Surroundings][] = [];
  const { additionalProperties } = schema;
  if (typeof additionalProperties === "object") {
    const noDefault = where.inMeta ? "inside additionalProperties applying to object metadata" : where.noDefault;
    found.push([`${path}.additionalProperties`, additionalProperties, { ...inside, noDefault }]);
  }
  const resource = where.root || schema["x-kubernetes-embedded-resource"] === true;
  for (const [name, one] of Object.entries(schema.properties ?? {})) {
    const meta = resource && META_FIELDS.includes(name);
    const noDefault = meta && where.root ? `in top-level ${name}` : where.noDefault;
    found.push([`${path}.properties[${name}]`, one, { ...inside, inMeta: where.inMeta || meta, noDefault }]);
  }
  for (const [at, one] of othersBelow(schema, path)) found.push([at, one, inside]);
  return found;
}

function numbered(schemas: readonly JSONSchemaProps[], path: string): [string, JSONSchemaProps][] {
  return schemas.map((one, index) => [`${path}[${index}]`, one]);
}

/** Those below which nothing is different. */
function othersBelow(schema: JSONSchemaProps, path: string): [string, JSONSchemaProps][] {
  const { items, not, definitions = {} } = schema;
  const lists = (["allOf", "oneOf", "anyOf"] as const).flatMap((name) =>
    numbered(schema[name] ?? [], `${path}.${name}`),
  );
  const named = Object.entries(definitions).map(([name, one]): [string, JSONSchemaProps] => [
    `${path}.definitions[${name}]`,
    one,
  ]);
  const below: [string, JSONSchemaProps][] = not === undefined ? [] : [[`${path}.not`, not]];
  below.push(...lists, ...named);
  if (Array.isArray(items)) below.push(...numbered(items, `${path}.items`));
  else if (items !== undefined) below.push([`${path}.items`, items]);
  return below;
}

function checkOpenApi(schema: JSONSchemaProps, path: string, where: Surroundings, errors: FieldErrors): void {
  checkMembers(schema, path, where, errors);
  const { additionalProperties, properties = {} } = schema;
  if (additionalProperties !== undefined && additionalProperties !== true && Object.keys(properties).length > 0)
    errors.forbidden(`${path}.additionalProperties`, "additionalProperties and properties are mutual exclusive");
  for (const [at, one, inside] of below(schema, path, where)) checkOpenApi(one, at, inside, errors);
  if (schema["x-kubernetes-preserve-unknown-fields"] === false)
    errors.invalid(`${path}.x-kubernetes-preserve-unknown-fields`, false, "must be true or undefined");
  checkMapType(schema, path, errors);
  checkListType(schema, path, errors);
  for (const [index, rule] of (schema["x-kubernetes-validations"] ?? []).entries())
    checkRule(rule, `${path}.x-kubernetes-validations[${index}]`, errors);
}

function checkExpressions(schema: JSONSchemaProps, path: string, where: Surroundings, errors: FieldErrors): void {
  for (const [at, one, inside] of below(schema, path, where)) checkExpressions(one, at, inside, errors);
  for (const [index, rule] of (schema["x-kubernetes-validations"] ?? []).entries()) {
    const at = `${path}.x-kubernetes-validations[${index}]`;
    checkCel(rule.rule, ["self", "oldSelf"], `${at}.rule`, errors);
    const { messageExpression = "" } = rule;
    if (messageExpression !== "") checkCel(messageExpression, ["self", "oldSelf"], `${at}.messageExpression`, errors);
  }
}

/** The schema of a version: structural, with the parts of OpenAPI that are taken; upstream's `validateCustomResourceDefinitionValidation`. */
export function checkSchema(schema: JSONSchemaProps, path: string, errors: FieldErrors): void {
  const found = new FieldErrors();
  const root: Surroundings = { root: true, inMeta: false, noDefault: undefined };
  if (schema.nullable === true) found.forbidden(`${path}.nullable`, "nullable cannot be true at the root");
  checkStructural(schema, path, found);
  checkOpenApi(schema, path, root, found);
  if (found.empty) checkExpressions(schema, path, root, found);
  for (const { reason, field, message } of found.list) errors.add(reason, field, message);
}
