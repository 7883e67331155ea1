import type { parse } from "@bufbuild/cel";
import { OPTIONAL_SELECT } from "./optional-syntax.js";

/** A node of a parsed expression. */
export type Expression = ReturnType<typeof parse>["expr"];

/** The names that a node binds for some of its children. */
export interface Child {
  readonly node: Expression;
  readonly binds: readonly string[];
}

const NOTHING: readonly string[] = [];

function plain(nodes: readonly (Expression | undefined)[]): Child[] {
  return nodes.filter((node) => node !== undefined).map((node) => ({ node, binds: NOTHING }));
}

/** The nodes directly below one, with the variables that a comprehension gives them. */
export function children({ exprKind }: Expression): readonly Child[] {
  switch (exprKind.case) {
    case "selectExpr":
      return plain([exprKind.value.operand]);
    case "callExpr":
      return plain([exprKind.value.target, ...exprKind.value.args]);
    case "listExpr":
      return plain(exprKind.value.elements);
    case "structExpr":
      return plain(
        exprKind.value.entries.flatMap(({ keyKind, value }) => [
          keyKind.case === "mapKey" ? keyKind.value : undefined,
          value,
        ]),
      );
    case "comprehensionExpr": {
      const { iterRange, accuInit, loopCondition, loopStep, result, iterVar, iterVar2, accuVar } = exprKind.value;
      const bound = [iterVar, iterVar2, accuVar];
      const inner = plain([loopCondition, loopStep]).map(({ node }) => ({ node, binds: bound }));
      return [
        ...plain([iterRange, accuInit]),
        ...inner,
        ...plain([result]).map(({ node }) => ({ node, binds: bound })),
      ];
    }
    default:
      return [];
  }
}

/** Whether nodes stand more than so many levels below one another, found without a call for each level. */
export function isDeeperThan(levels: number, root: Expression): boolean {
  let nodes = [root];
  for (let level = 0; nodes.length > 0; level++) {
    if (level > levels) return true;
    nodes = nodes.flatMap((node) => children(node).map((child) => child.node));
  }
  return false;
}

/** `a.b.c` as text; undefined for what is no chain of names. */
export function qualifiedName({ exprKind }: Expression): string | undefined {
  if (exprKind.case === "identExpr") return exprKind.value.name;
  if (exprKind.case !== "selectExpr" || exprKind.value.testOnly || exprKind.value.operand === undefined)
    return undefined;
  const before = qualifiedName(exprKind.value.operand);
  return before === undefined ? undefined : `${before}.${exprKind.value.field}`;
}

function isVariable(node: Expression | undefined, name: string): boolean {
  return node?.exprKind.case === "identExpr" && node.exprKind.value.name === name;
}

function isConstant(node: Expression | undefined, text: string): boolean {
  if (node?.exprKind.case !== "constExpr") return false;
  const { constantKind } = node.exprKind.value;
  return constantKind.case === "stringValue" && constantKind.value === text;
}

/** Whether `variable.field` stands anywhere in an expression, also as `has(variable.field)` or `variable.?field`. */
export function selects(node: Expression, variable: string, field: string): boolean {
  const { exprKind } = node;
  if (exprKind.case === "selectExpr") {
    const { operand, field: selected } = exprKind.value;
    if (selected === field && isVariable(operand, variable)) return true;
  }
  if (exprKind.case === "callExpr" && exprKind.value.function === OPTIONAL_SELECT) {
    const { target, args } = exprKind.value;
    if (isVariable(target, variable) && isConstant(args[0], field)) return true;
  }
  return children(node).some((child) => selects(child.node, variable, field));
}
