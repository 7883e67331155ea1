import {
  type CelInput,
  type CelMap,
  CelScalar,
  celFunc,
  celMap,
  celMethod,
  type CelValue as EngineValue,
  isCelList,
  isCelMap,
} from "@bufbuild/cel";
import { OPTIONAL_SELECT } from "./optional-syntax.js";

const { DYN, BOOL } = CelScalar;

/** A use of optionals that has no meaning. */
class OptionalError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "OptionalError";
  }
}

type Content = { readonly value: EngineValue } | "none";

/** An optional is an empty map that is known here: no value from outside can pass for one. */
const contents = new WeakMap<object, Content>();

function optional(content: Content): CelMap {
  const made = celMap(new Map());
  contents.set(made, content);
  return made;
}

function contentOf(value: EngineValue): Content | undefined {
  return isCelMap(value) ? contents.get(value) : undefined;
}

function known(value: EngineValue): Content {
  const content = contentOf(value);
  if (content === undefined) throw new OptionalError("no such overload: the value is no optional");
  return content;
}

/** Whether a value is an optional, which no expression may give back. */
export function isOptional(value: EngineValue): boolean {
  return contentOf(value) !== undefined;
}

function element(container: EngineValue, key: EngineValue): EngineValue | undefined {
  if (isCelMap(container)) {
    const usable = typeof key === "string" || typeof key === "bigint" || typeof key === "boolean";
    return usable ? container.get(key) : undefined;
  }
  if (!isCelList(container)) throw new OptionalError("unsupported optional selection");
  return typeof key === "bigint" && key >= 0n && key < BigInt(container.size) ? container.get(Number(key)) : undefined;
}

function select(target: EngineValue, key: EngineValue): CelMap {
  const content = contentOf(target);
  if (content === "none") return optional("none");
  const found = element(content === undefined ? target : content.value, key);
  return optional(found === undefined ? "none" : { value: found });
}

function isZero(value: EngineValue): boolean {
  if (isCelMap(value) || isCelList(value)) return value.size === 0;
  return value === null || value === false || value === "" || value === 0 || value === 0n;
}

/** The functions of CEL's optional values; the macros optMap and optFlatMap are not among them. */
export const OPTIONAL_FUNCTIONS = [
  celMethod(OPTIONAL_SELECT, DYN, [DYN], DYN, function (key): CelInput {
    return select(this, key);
  }),
  celMethod("hasValue", DYN, [], BOOL, function () {
    return known(this) !== "none";
  }),
  celMethod("value", DYN, [], DYN, function (): CelInput {
    const content = known(this);
    if (content === "none") throw new OptionalError("optional.none() dereference");
    return content.value;
  }),
  celMethod("orValue", DYN, [DYN], DYN, function (instead): CelInput {
    const content = known(this);
    return content === "none" ? instead : content.value;
  }),
  celMethod("or", DYN, [DYN], DYN, function (instead): CelInput {
    return known(this) === "none" ? instead : this;
  }),
  celFunc("optional.none", [], DYN, (): CelInput => optional("none")),
  celFunc("optional.of", [DYN], DYN, (value): CelInput => optional({ value })),
  celFunc("optional.ofNonZeroValue", [DYN], DYN, (value): CelInput => optional(isZero(value) ? "none" : { value })),
];
