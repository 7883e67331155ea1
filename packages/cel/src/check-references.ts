import { type Child, children, type Expression, qualifiedName } from "./expression-tree.js";

/** Comprehensions inside one another multiply their costs, and nothing ends them once they run. */
const MAX_DEPTH = 3;

/** The types, which stand for themselves in an expression. */
const TYPES = new Set(
  ["bool", "bytes", "double", "dyn", "int", "list", "map", "null_type", "string", "type", "uint"].concat(
    "google.protobuf.Timestamp",
    "google.protobuf.Duration",
  ),
);

/** What the engine carries out itself instead of calling a function. */
const OPERATORS = new Set(["_[_]", "_?_:_", "_&&_", "_||_", "@not_strictly_false", "__not_strictly_false__"]);

/** What may be referred to. */
export interface KnownNames {
  readonly variables: ReadonlySet<string>;
  hasFunction(name: string): boolean;
}

/** The first mistake in what an expression refers to: the node it stands at and what is wrong; undefined when there is none. */
export function findBadReference(
  root: Expression,
  names: KnownNames,
): { readonly node: Expression; readonly problem: string } | undefined {
  return visit(root, names, new Set(), 0);
}

type Mistake = ReturnType<typeof findBadReference>;

/** What a call evaluates; undefined when there is no such function. `optional` of `optional.of(1)` is no value of its own. */
function argumentsOf(node: Expression, names: KnownNames): readonly Child[] | undefined {
  if (node.exprKind.case !== "callExpr") return undefined;
  const { target, function: called } = node.exprKind.value;
  const namespace = target === undefined ? undefined : qualifiedName(target);
  if (namespace !== undefined && names.hasFunction(`${namespace}.${called}`)) return children(node).slice(1);
  return OPERATORS.has(called) || names.hasFunction(called) ? children(node) : undefined;
}

function visit(node: Expression, names: KnownNames, bound: ReadonlySet<string>, depth: number): Mistake {
  const name = qualifiedName(node);
  if (name !== undefined && TYPES.has(name)) return undefined;
  const { exprKind } = node;
  if (exprKind.case === "identExpr") {
    const { name: variable } = exprKind.value;
    if (bound.has(variable) || names.variables.has(variable)) return undefined;
    return { node, problem: `undeclared reference to '${variable}'` };
  }
  const below = exprKind.case === "callExpr" ? argumentsOf(node, names) : children(node);
  if (below === undefined) {
    const called = exprKind.case === "callExpr" ? exprKind.value.function : "";
    return { node, problem: `undeclared reference to '${called}'` };
  }
  const inside = exprKind.case === "comprehensionExpr" ? depth + 1 : depth;
  if (inside > MAX_DEPTH) return { node, problem: `more than ${MAX_DEPTH} comprehensions inside one another` };
  for (const { node: child, binds } of below) {
    const mistake = visit(child, names, binds.length === 0 ? bound : new Set([...bound, ...binds]), inside);
    if (mistake !== undefined) return mistake;
  }
  return undefined;
}
