import { FieldErrors, isJsonObject, type JsonValue } from "@quarterdeck/meta";
import { sameJson } from "../../checks/same-json.js";
import type { JSONSchemaProps } from "../../types/apiextensions-v1.js";

type Check = (value: JsonValue, schema: JSONSchemaProps, at: string, errors: FieldErrors) => void;

/** The JSON type of a value as upstream's validator names it. */
function typeOf(value: JsonValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

function checkType(value: JsonValue, schema: JSONSchemaProps, at: string, errors: FieldErrors): void {
  const { type = "", nullable } = schema;
  if (value === null && nullable === true) return;
  const wanted = schema["x-kubernetes-int-or-string"] === true ? ["integer", "string"] : type === "" ? [] : [type];
  const found = typeOf(value);
  if (wanted.length === 0 || wanted.includes(found) || (found === "integer" && wanted.includes("number"))) return;
  errors.typeInvalid(at, found, `${at} in body must be of type ${wanted.join(",")}: ${JSON.stringify(found)}`);
}

const checkEnum: Check = (value, { enum: allowed = [] }, at, errors) => {
  if (allowed.length === 0 || allowed.some((one) => sameJson(one, value))) return;
  errors.notSupported(
    at,
    value,
    allowed.map((one) => (typeof one === "string" ? one : JSON.stringify(one))),
  );
};

const checkText: Check = (value, { minLength, maxLength }, at, errors) => {
  if (typeof value !== "string") return;
  const length = [...value].length;
  if (maxLength !== undefined && length > maxLength) errors.tooLong(at, maxLength);
  else if (minLength !== undefined && length < minLength)
    errors.invalid(at, value, `${at} in body should be at least ${minLength} chars long`);
};

const checkNumber: Check = (value, schema, at, errors) => {
  if (typeof value !== "number") return;
  const { multipleOf, minimum, maximum } = schema;
  const should = (text: string): void => errors.invalid(at, value, `${at} in body should be ${text}`);
  if (multipleOf !== undefined && !Number.isInteger(multipleOf < 1 ? (1 / multipleOf) * value : value / multipleOf))
    should(`a multiple of ${multipleOf}`);
  if (minimum !== undefined) {
    if (schema.exclusiveMinimum === true && value <= minimum) should(`greater than ${minimum}`);
    else if (value < minimum) should(`greater than or equal to ${minimum}`);
  }
  if (maximum !== undefined) {
    if (schema.exclusiveMaximum === true && value >= maximum) should(`less than ${maximum}`);
    else if (value > maximum) should(`less than or equal to ${maximum}`);
  }
};

const checkItems: Check = (value, { items, minItems, maxItems }, at, errors) => {
  if (!Array.isArray(value)) return;
  if (items !== undefined && !Array.isArray(items))
    for (const [index, item] of value.entries()) checkValue(item ?? null, items, `${at}[${index}]`, errors);
  if (minItems !== undefined && value.length < minItems)
    errors.invalid(at, value.length, `${at} in body should have at least ${minItems} items`);
  if (maxItems !== undefined && value.length > maxItems) errors.tooMany(at, value.length, maxItems);
};

const checkFields: Check = (value, schema, at, errors) => {
  if (!isJsonObject(value)) return;
  const { properties = {}, additionalProperties, required = [], minProperties, maxProperties } = schema;
  const size = Object.keys(value).length;
  const below = (name: string): string => (at === "" ? name : `${at}.${name}`);
  if (minProperties !== undefined && size < minProperties)
    errors.invalid(at, size, `${at} in body should have at least ${minProperties} properties`);
  if (maxProperties !== undefined && size > maxProperties) errors.tooMany(at, size, maxProperties);
  for (const [name, one] of Object.entries(value)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const field = known ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
    if (field !== undefined && one !== undefined) checkValue(one, field, below(name), errors);
  }
  for (const name of required) if (!Object.hasOwn(value, name)) errors.required(below(name));
};

function problems(value: JsonValue, schema: JSONSchemaProps, at: string): FieldErrors {
  const errors = new FieldErrors();
  checkValue(value, schema, at, errors);
  return errors;
}

function adopt(found: FieldErrors | undefined, errors: FieldErrors): void {
  for (const { reason, field, message } of found?.list ?? []) errors.add(reason, field, message);
}

/** The attempt that came closest, whose errors help most. */
function closest(attempts: readonly FieldErrors[]): FieldErrors | undefined {
  const fewest = Math.min(...attempts.map(({ list }) => list.length));
  return attempts.find(({ list }) => list.length === fewest);
}

/** Conditions, of whose failures upstream tells at the whole value. */
const checkConditions: Check = (value, { anyOf = [], oneOf = [], allOf = [], not }, at, errors) => {
  const tell = (text: string): void => errors.invalid("", "", `${JSON.stringify(at)} ${text}`);
  const attempt = (schema: JSONSchemaProps): FieldErrors => problems(value, schema, at);
  const any = anyOf.map(attempt);
  if (any.length > 0 && !any.some(({ empty }) => empty)) {
    tell("must validate at least one schema (anyOf)");
    adopt(closest(any), errors);
  }
  const one = oneOf.map(attempt);
  const valid = one.filter(({ empty }) => empty).length;
  if (one.length > 0 && valid !== 1) {
    const found = valid === 0 ? "Found none valid" : `Found ${valid} valid alternatives`;
    tell(`must validate one and only one schema (oneOf). ${found}`);
    if (valid === 0) adopt(closest(one), errors);
  }
  const failing = allOf.map(attempt).filter(({ empty }) => !empty);
  for (const found of failing) adopt(found, errors);
  if (failing.length > 0)
    tell(`must validate all the schemas (allOf)${failing.length === allOf.length ? ". None validated" : ""}`);
  if (not !== undefined && attempt(not).empty) tell("must not validate the schema (not)");
};

const CHECKS: readonly Check[] = [checkConditions, checkText, checkNumber, checkItems, checkEnum, checkFields];

/**
 * Checks a value against a schema, with errors at the place in the value, empty for the value itself; patterns, formats, embedded
 * resources and expressions are not looked at. Wording and order are those of kube-openapi's validator.
 */
export function checkValue(value: JsonValue, schema: JSONSchemaProps, at: string, errors: FieldErrors): void {
  checkType(value, schema, at, errors);
  for (const check of value === null ? [checkEnum] : CHECKS) check(value, schema, at, errors);
}
