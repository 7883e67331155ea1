import { FieldErrors } from "@quarterdeck/meta";
import type { JSONSchemaProps } from "../../types/apiextensions-v1.js";
import { checkDefaults } from "./check-defaults.js";
import { checkListType, checkMapType } from "./check-list-type.js";
import { checkRule, checkRuleExpressions } from "./check-rule.js";
import { checkStatusRoot } from "./check-status-root.js";
import { checkStructural } from "./check-structural.js";
import { META_FIELDS } from "./meta-fields.js";
import { unstructured } from "./unstructured.js";

const TYPES: readonly string[] = ["array", "boolean", "integer", "number", "object", "string"];
/** Members of JSON Schema that upstream does not take. */
const UNSUPPORTED = ["id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"] as const;

/** Where a schema stands. */
interface Surroundings {
  readonly root: boolean;
  /** Within the metadata, kind or apiVersion of a resource. */
  readonly inMeta: boolean;
  /** Why there may be no default; undefined where there may. */
  readonly noDefault: string | undefined;
  /** Within what holds of a value besides its structure. */
  readonly condition: boolean;
  /** The highest place above whose parts cannot be told to be the same before and after an update. */
  readonly uncorrelated: string | undefined;
}

const ROOT: Surroundings = {
  root: true,
  inMeta: false,
  noDefault: undefined,
  condition: false,
  uncorrelated: undefined,
};

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

/** The schemas below one, with what is different there. */
function below(schema: JSONSchemaProps, path: string, where: Surroundings): [string, JSONSchemaProps, Surroundings][] {
  const inside = { ...where, root: false };
  const found: [string, JSONSchemaProps, Surroundings][] = [];
  const { additionalProperties, "x-kubernetes-map-type": mapType, "x-kubernetes-list-type": listType } = schema;
  if (typeof additionalProperties === "object") {
    const noDefault = where.inMeta ? "inside additionalProperties applying to object metadata" : where.noDefault;
    found.push([`${path}.additionalProperties`, additionalProperties, { ...inside, noDefault }]);
  }
  const resource = where.root || schema["x-kubernetes-embedded-resource"] === true;
  const correlated = mapType === undefined || mapType === "granular";
  const fields = correlated ? inside : { ...inside, uncorrelated: where.uncorrelated ?? path };
  for (const [name, one] of Object.entries(schema.properties ?? {})) {
    const meta = resource && META_FIELDS.includes(name);
    const noDefault = meta && where.root ? `in top-level ${name}` : where.noDefault;
    found.push([`${path}.properties[${name}]`, one, { ...fields, inMeta: where.inMeta || meta, noDefault }]);
  }
  for (const [at, one] of conditionsBelow(schema, path)) found.push([at, one, { ...inside, condition: true }]);
  const item = listType === "map" ? inside : { ...inside, uncorrelated: where.uncorrelated ?? path };
  for (const [at, one] of itemsBelow(schema, path)) found.push([at, one, item]);
  return found;
}

function itemsBelow({ items }: JSONSchemaProps, path: string): [string, JSONSchemaProps][] {
  if (items === undefined) return [];
  return Array.isArray(items) ? numbered(items, `${path}.items`) : [[`${path}.items`, items]];
}

function numbered(schemas: readonly JSONSchemaProps[], path: string): [string, JSONSchemaProps][] {
  return schemas.map((one, index) => [`${path}[${index}]`, one]);
}

function conditionsBelow(
  { not, definitions = {}, ...schema }: JSONSchemaProps,
  path: string,
): [string, JSONSchemaProps][] {
  const lists = (["allOf", "oneOf", "anyOf"] as const).flatMap((name) =>
    numbered(schema[name] ?? [], `${path}.${name}`),
  );
  const named = Object.entries(definitions).map(([name, one]): [string, JSONSchemaProps] => [
    `${path}.definitions[${name}]`,
    one,
  ]);
  return [
    ...(not === undefined ? [] : ([[`${path}.not`, not]] satisfies [string, JSONSchemaProps][])),
    ...lists,
    ...named,
  ];
}

/** What is found in a schema: its own mistakes, and those of its expressions, which are looked at where there are no others. */
interface Findings {
  readonly schema: FieldErrors;
  /** Undefined where no expressions are looked at. */
  readonly expressions: FieldErrors | undefined;
}

function checkOpenApi(schema: JSONSchemaProps, path: string, where: Surroundings, found: Findings): void {
  const { schema: errors, expressions } = found;
  const before = errors.list.length;
  checkMembers(schema, path, where, errors);
  const { additionalProperties, properties = {}, "x-kubernetes-validations": rules = [] } = schema;
  if (additionalProperties !== undefined && additionalProperties !== true && Object.keys(properties).length > 0)
    errors.forbidden(`${path}.additionalProperties`, "additionalProperties and properties are mutual exclusive");
  for (const [at, one, inside] of below(schema, path, where))
    checkOpenApi(one, at, inside, inside.condition ? { schema: errors, expressions: undefined } : found);
  if (schema["x-kubernetes-preserve-unknown-fields"] === false)
    errors.invalid(`${path}.x-kubernetes-preserve-unknown-fields`, false, "must be true or undefined");
  checkMapType(schema, path, errors);
  checkListType(schema, path, errors);
  for (const [index, rule] of rules.entries())
    checkRule(rule, schema, `${path}.x-kubernetes-validations[${index}]`, errors);
  if (expressions === undefined || errors.list.length > before) return;
  for (const [index, rule] of rules.entries())
    checkRuleExpressions(rule, where.uncorrelated, `${path}.x-kubernetes-validations[${index}]`, expressions);
}

function adopt(found: FieldErrors, errors: FieldErrors): void {
  for (const { reason, field, message } of found.list) errors.add(reason, field, message);
}

/**
 * The schema of a version: structural, with the parts of OpenAPI that are taken; upstream's
 * `validateCustomResourceDefinitionValidation`. `status` tells that there is a part for the status.
 */
export function checkSchema(schema: JSONSchemaProps, path: string, status: boolean, errors: FieldErrors): void {
  const found = new FieldErrors();
  if (status) checkStatusRoot(schema, path, found);
  if (schema.nullable === true) found.forbidden(`${path}.nullable`, "nullable cannot be true at the root");
  const structure = new FieldErrors();
  const problem = unstructured(schema);
  if (problem === undefined) checkStructural(schema, path, structure);
  if (problem === undefined && structure.empty) checkDefaults(schema, path, structure);
  adopt(structure, found);
  const sound = problem === undefined && structure.empty;
  const expressions = sound ? new FieldErrors() : undefined;
  checkOpenApi(schema, path, ROOT, { schema: found, expressions });
  if (expressions !== undefined) adopt(expressions, found);
  if (found.empty && problem !== undefined) found.invalid(path, "", problem);
  adopt(found, errors);
}
