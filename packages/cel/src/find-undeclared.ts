import { children, type Expression, qualifiedName } from "./expression-tree.js";

/** Names in front of functions, which are no variables: `optional.of(1)`, `sets.contains(a, b)`. */
const NAMESPACES = new Set(
  ["base64", "cel", "cidr", "format", "ip", "json", "jsonpatch", "lists", "math", "optional", "proto"].concat([
    "quantity",
    "regex",
    "semver",
    "sets",
    "strings",
    "url",
  ]),
);

/** The types that stand for themselves, and what starts the names of those that policies make objects of. */
const TYPES = new Set(
  ["bool", "bytes", "double", "dyn", "int", "list", "map", "null_type", "string", "type", "uint"].concat([
    "google",
    "JSONPatch",
    "Object",
    "kubernetes",
    "net",
    "optional_type",
  ]),
);

/** Macros that the engine does not expand: how many of their first arguments name what the others may use. */
const BINDING = new Map([
  ["optMap", 1],
  ["optFlatMap", 1],
  ["sortBy", 1],
  ["transformList", 2],
  ["transformMap", 2],
  ["transformMapEntry", 2],
  ["all", 2],
  ["exists", 2],
  ["existsOne", 2],
  ["exists_one", 2],
  ["bind", 1],
]);

interface Mistake {
  readonly node: Expression;
  readonly problem: string;
}

function nameOf(node: Expression | undefined): string | undefined {
  return node?.exprKind.case === "identExpr" ? node.exprKind.value.name : undefined;
}

function isNamespace(target: Expression | undefined): boolean {
  const [first = ""] = (target === undefined ? "" : (qualifiedName(target) ?? "")).split(".");
  return NAMESPACES.has(first);
}

/** The nodes below one that stand for values, each with the names it may use besides. */
function valuesBelow(node: Expression): readonly { readonly node: Expression; readonly binds: readonly string[] }[] {
  if (node.exprKind.case !== "callExpr") return children(node);
  const { target, function: called, args } = node.exprKind.value;
  const named = args.slice(0, BINDING.get(called) ?? 0).map(nameOf);
  const binds = named.every((name) => name !== undefined) ? named : [];
  const values = [...(target === undefined || isNamespace(target) ? [] : [target]), ...args.slice(binds.length)];
  return values.map((one) => ({ node: one, binds: one === target ? [] : binds }));
}

/** The first reference to what is no variable, whatever functions there may be; undefined when there is none. */
export function findUndeclared(node: Expression, variables: ReadonlySet<string>): Mistake | undefined {
  const name = nameOf(node);
  if (name !== undefined)
    return variables.has(name) || TYPES.has(name) ? undefined : { node, problem: `undeclared reference to '${name}'` };
  for (const { node: below, binds } of valuesBelow(node)) {
    const mistake = findUndeclared(below, binds.length === 0 ? variables : new Set([...variables, ...binds]));
    if (mistake !== undefined) return mistake;
  }
  return undefined;
}
