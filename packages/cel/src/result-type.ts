import type { Expression } from "./expression-tree.js";

/** The types of names that an expression may use; what is not named has a type that is not known. */
export type KnownTypes = ReadonlyMap<string, string>;

type Found = string | undefined;

const CONSTANTS: ReadonlyMap<string | undefined, string> = new Map([
  ["nullValue", "null_type"],
  ["boolValue", "bool"],
  ["int64Value", "int"],
  ["uint64Value", "uint"],
  ["doubleValue", "double"],
  ["stringValue", "string"],
  ["bytesValue", "bytes"],
]);

/** What is added to a value of these is of the same type, also where that is known only when it runs. */
const SCALARS = new Set(["int", "uint", "double", "string", "bytes"]);
const ARITHMETIC = new Set(["_+_", "_-_", "_*_", "_/_", "_%_"]);

/** Functions that have one type whatever they are given. */
const RESULTS: ReadonlyMap<string, string> = new Map([
  ...["_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "_&&_", "_||_", "!_", "@in", "_in_"].map(asType("bool")),
  ...["matches", "startsWith", "endsWith", "contains", "bool"].map(asType("bool")),
  ...["size", "int", "indexOf", "lastIndexOf"].map(asType("int")),
  ...["string", "lowerAscii", "upperAscii", "trim", "replace", "substring", "charAt"].map(asType("string")),
  ...["uint", "double", "bytes", "dyn"].map((name): [string, string] => [name, name]),
]);

/** Of these, libraries may have others by the same name that give something else. */
const ON_TEXTS = new Set(["contains", "indexOf", "lastIndexOf", "replace", "substring", "trim", "matches"]);

function asType(type: string): (name: string) => [string, string] {
  return (name) => [name, type];
}

function common(types: readonly Found[]): Found {
  const [first] = types;
  return types.every((type) => type === first) ? first : undefined;
}

function sumType(left: Found, right: Found): Found {
  if (left === right) return left !== undefined && (SCALARS.has(left) || left === "dyn") ? left : undefined;
  const known = left === "dyn" ? right : right === "dyn" ? left : undefined;
  return known !== undefined && SCALARS.has(known) ? known : undefined;
}

/** Of a namespaced function, such as `sets.contains`, nothing is known. */
function callType(node: Expression, types: KnownTypes): Found {
  if (node.exprKind.case !== "callExpr") return undefined;
  const { target, function: called, args } = node.exprKind.value;
  const at = (index: number): Found => {
    const argument = args[index];
    return argument === undefined ? undefined : resultType(argument, types);
  };
  if (target !== undefined && ON_TEXTS.has(called) && resultType(target, types) === undefined) return undefined;
  if (ARITHMETIC.has(called)) return sumType(at(0), at(1));
  if (called === "-_") return at(0);
  if (called === "_?_:_") return common([at(1), at(2)]);
  if (called === "_[_]") return at(0) === "dyn" ? "dyn" : undefined;
  return RESULTS.get(called);
}

function listType(elements: readonly Expression[], types: KnownTypes): Found {
  if (elements.length === 0) return "list(dyn)";
  const element = common(elements.map((one) => resultType(one, types)));
  return element === undefined ? undefined : `list(${element})`;
}

/**
 * The type of what an expression evaluates to, as CEL names it: `bool`, `list(int)`, `dyn` for what is known when it runs; undefined
 * where it cannot be told, since not all functions and types are known here.
 */
export function resultType(node: Expression, types: KnownTypes): Found {
  const { exprKind } = node;
  switch (exprKind.case) {
    case "constExpr":
      return CONSTANTS.get(exprKind.value.constantKind.case);
    case "identExpr":
      return types.get(exprKind.value.name);
    case "selectExpr": {
      const { testOnly, operand } = exprKind.value;
      if (testOnly) return "bool";
      return operand !== undefined && resultType(operand, types) === "dyn" ? "dyn" : undefined;
    }
    case "listExpr":
      return listType(exprKind.value.elements, types);
    case "callExpr":
      return callType(node, types);
    case "comprehensionExpr": {
      // what `all` and `exists` gather, which begin with true or false
      const { accuInit } = exprKind.value;
      return accuInit !== undefined && resultType(accuInit, types) === "bool" ? "bool" : undefined;
    }
    default:
      return undefined;
  }
}
