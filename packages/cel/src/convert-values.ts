import {
  type CelInput,
  celList,
  celMap,
  type CelValue as EngineValue,
  isCelList,
  isCelMap,
  isCelUint,
} from "@bufbuild/cel";
import type { CelValue } from "./cel-value.js";
import { isOptional } from "./optional-values.js";

/** A result that is of no use outside of expressions. */
class UnusableResultError extends Error {
  constructor(what: string) {
    super(`the result is ${what}, not a value`);
    this.name = "UnusableResultError";
  }
}

function isList(value: object): value is readonly CelValue[] {
  return Array.isArray(value);
}

/** For the engine: objects become maps here, since it takes those with certain members for messages. */
export function toEngine(value: CelValue): CelInput {
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return celList(value.map(toEngine));
  return celMap(new Map(Object.entries(value).map(([key, member]) => [key, toEngine(member)])));
}

/** From the engine; unsigned integers become plain ones. */
export function fromEngine(value: EngineValue): CelValue {
  if (value === null || typeof value !== "object") return value;
  if (isOptional(value)) throw new UnusableResultError("an optional");
  if (isCelUint(value)) return value.value;
  if (isCelList(value)) return [...value].map(fromEngine);
  if (isCelMap(value)) {
    return Object.fromEntries([...value].map(([key, member]) => [keyText(key), fromEngine(member)]));
  }
  throw new UnusableResultError("of a type that only expressions know");
}

function keyText(key: EngineValue): string {
  return typeof key === "object" && key !== null && isCelUint(key) ? String(key.value) : String(key);
}
