import { isJsonObject, type JsonValue } from "@quarterdeck/meta";
import type { FilterOperator, JsonPathStep } from "./json-path-step.js";
import { parseJsonPath } from "./parse-json-path.js";

/** What a path finds in an object: nothing, one value, or with a wildcard, slice or filter any number. */
export type JsonPathReading = (object: object) => JsonValue[];

type Step = (values: readonly JsonValue[], found: JsonValue[]) => void;

function fieldStep(name: string): Step {
  return (values, found) => {
    for (const value of values) {
      const child = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
      if (child !== undefined) found.push(child);
    }
  };
}

function indexStep(index: number): Step {
  return (values, found) => {
    for (const value of values) {
      const child = Array.isArray(value) ? value.at(index) : undefined;
      if (child !== undefined) found.push(child);
    }
  };
}

function childrenOf(value: JsonValue): readonly (JsonValue | undefined)[] {
  if (Array.isArray(value)) return value;
  return isJsonObject(value) ? Object.values(value) : [];
}

const wildcardStep: Step = (values, found) => {
  for (const value of values) for (const child of childrenOf(value)) if (child !== undefined) found.push(child);
};

function sliceStep(from: number | undefined, to: number | undefined): Step {
  return (values, found) => {
    for (const value of values) if (Array.isArray(value)) for (const child of value.slice(from, to)) found.push(child);
  };
}

function compare(value: JsonValue, operator: FilterOperator, literal: JsonValue): boolean {
  if (operator === "==") return value === literal;
  if (operator === "!=") return value !== literal;
  const comparable =
    (typeof value === "number" && typeof literal === "number") ||
    (typeof value === "string" && typeof literal === "string");
  if (!comparable) return false;
  if (operator === "<") return value < literal;
  if (operator === "<=") return value <= literal;
  return operator === ">" ? value > literal : value >= literal;
}

function filterStep(path: readonly JsonPathStep[], operator: FilterOperator, literal: JsonValue): Step {
  const read = compileSteps(path);
  return (values, found) => {
    for (const value of values) {
      for (const child of childrenOf(value)) {
        if (child === undefined) continue;
        const [compared] = read(child);
        if (compared !== undefined && (operator === "exists" || compare(compared, operator, literal)))
          found.push(child);
      }
    }
  };
}

function compileStep(step: JsonPathStep): Step {
  switch (step.kind) {
    case "field":
      return fieldStep(step.name);
    case "index":
      return indexStep(step.index);
    case "wildcard":
      return wildcardStep;
    case "slice":
      return sliceStep(step.from, step.to);
    case "filter":
      return filterStep(step.path, step.operator, step.literal);
  }
}

function compileSteps(path: readonly JsonPathStep[]): (root: JsonValue) => JsonValue[] {
  const steps = path.map(compileStep);
  return (root) => {
    let values: JsonValue[] = [root];
    for (const step of steps) {
      const found: JsonValue[] = [];
      step(values, found);
      values = found;
    }
    return values;
  };
}

/** Compiles a JSON path once; only own properties are read. Throws a JsonPathError when the path does not parse. */
export function compileJsonPath(path: string): JsonPathReading {
  const read = compileSteps(parseJsonPath(path));
  return (object) => (isJsonObject(object) ? read(object) : []);
}
