import type { CelProgram } from "./cel-program.js";

/** What an expression may refer to. */
export interface CelDeclarations {
  readonly variables: readonly string[];
  /** The types of variables, where they are known; `dyn` of what has one only when it runs. Only {@link CheckReferences} reads them. */
  readonly types?: ReadonlyMap<string, string>;
}

/**
 * Compiles a CEL expression; rejects with a `CelExpressionError` when it is no expression or refers to what is not
 * declared. The engine is loaded by the first call: it costs a fifth of a second, which a server without CEL does not pay.
 */
export async function compile(expression: string, declarations: CelDeclarations): Promise<CelProgram> {
  const { compileExpression } = await import("./engine.js");
  return compileExpression(expression, declarations.variables);
}

/**
 * Throws a `CelExpressionError` when a text is no expression or refers to a variable that is not declared. Returns the type of what
 * it evaluates to, as CEL names it, or undefined where that cannot be told.
 */
export type CheckReferences = (expression: string, declarations: CelDeclarations) => string | undefined;

/**
 * Loads what checks expressions that another engine will run: functions, macros and types may be any, since that knows more of
 * them, variables must be declared.
 */
export async function loadReferenceCheck(): Promise<CheckReferences> {
  const { checkExpression } = await import("./engine.js");
  return (expression, { variables, types }) => checkExpression(expression, variables, types);
}
