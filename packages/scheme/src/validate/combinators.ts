import { FieldErrors, type JsonValue } from "@quarterdeck/meta";
import { renderPath, type Walk } from "../normalise/walk.js";
import type { SchemaValidations } from "../schema/structural-schema.js";
import { allOfChecks, type Check, type CompileCheck, reportPlaceless } from "./check.js";

const PASS: Check = () => undefined;

function attempt(check: Check, value: JsonValue, walk: Walk): FieldErrors {
  const errors = new FieldErrors();
  check(value, { ...walk, errors });
  return errors;
}

function adopt(walk: Walk, errors: FieldErrors | undefined): void {
  for (const { reason, field, message } of errors?.list ?? []) walk.errors.add(reason, field, message);
}

/** The attempt that came closest, whose errors help most. */
function closest(attempts: readonly FieldErrors[]): FieldErrors | undefined {
  return attempts.reduce<FieldErrors | undefined>(
    (best, errors) => (best === undefined || errors.list.length < best.list.length ? errors : best),
    undefined,
  );
}

function quotedPath(walk: Walk): string {
  return JSON.stringify(renderPath(walk));
}

function anyOf(checks: readonly Check[]): Check {
  return (value, walk) => {
    const failures: FieldErrors[] = [];
    for (const check of checks) {
      const errors = attempt(check, value, walk);
      if (errors.empty) return;
      failures.push(errors);
    }
    reportPlaceless(walk, `${quotedPath(walk)} must validate at least one schema (anyOf)`);
    adopt(walk, closest(failures));
  };
}

function oneOf(checks: readonly Check[]): Check {
  return (value, walk) => {
    const attempts = checks.map((check) => attempt(check, value, walk));
    const valid = attempts.filter((errors) => errors.empty).length;
    if (valid === 1) return;
    const found = valid === 0 ? "Found none valid" : `Found ${valid} valid alternatives`;
    reportPlaceless(walk, `${quotedPath(walk)} must validate one and only one schema (oneOf). ${found}`);
    if (valid === 0) adopt(walk, closest(attempts));
  };
}

function allOf(checks: readonly Check[]): Check {
  return (value, walk) => {
    const failures = checks.map((check) => attempt(check, value, walk)).filter((errors) => !errors.empty);
    if (failures.length === 0) return;
    for (const errors of failures) adopt(walk, errors);
    const none = failures.length === checks.length ? ". None validated" : "";
    reportPlaceless(walk, `${quotedPath(walk)} must validate all the schemas (allOf)${none}`);
  };
}

function not(check: Check): Check {
  return (value, walk) => {
    if (attempt(check, value, walk).empty) {
      reportPlaceless(walk, `${quotedPath(walk)} must not validate the schema (not)`);
    }
  };
}

/** anyOf, oneOf, allOf and not, in the order in which upstream reports them. */
export function combinatorChecks(schema: SchemaValidations, compile: CompileCheck): Check | undefined {
  const compiled = (part: SchemaValidations): Check => compile(part) ?? PASS;
  const any = (schema.anyOf ?? []).map(compiled);
  const one = (schema.oneOf ?? []).map(compiled);
  const all = (schema.allOf ?? []).map(compiled);
  return allOfChecks([
    any.length === 0 ? undefined : anyOf(any),
    one.length === 0 ? undefined : oneOf(one),
    all.length === 0 ? undefined : allOf(all),
    schema.not === undefined ? undefined : not(compiled(schema.not)),
  ]);
}
