import { CelExpressionError, type CheckReferences, loadReferenceCheck } from "@quarterdeck/cel";
import type { FieldErrors } from "@quarterdeck/meta";

let check: CheckReferences | undefined;

/** Loads what `checkCel` needs: validation cannot wait for it. A kind with expressions does so in `authorize`. */
export async function loadCel(): Promise<void> {
  check ??= await loadReferenceCheck();
}

/** As upstream's compiler prints a mistake, with the line that it stands in. */
function report({ problem, place, expression }: CelExpressionError): string {
  const { line, column } = place ?? { line: 1, column: 1 };
  const text = expression.split("\n")[line - 1] ?? "";
  const where = problem.startsWith("undeclared") ? " (in container '')" : "";
  return `compilation failed: ERROR: <input>:${line}:${column}: ${problem}${where}\n | ${text}\n | ${".".repeat(Math.max(column - 1, 0))}^`;
}

/** What an expression must evaluate to. */
export interface WantedResult {
  readonly types: readonly string[];
  /** What is wrong when it is another type. */
  problem(found: string): string;
}

/** Upstream's words of admission. */
export function evaluatesTo(...types: readonly string[]): WantedResult {
  const wanted = types.length === 1 ? types[0] : `one of [${types.join(" ")}]`;
  return { types, problem: (found) => `must evaluate to ${wanted} but got ${found}` };
}

/** Objects, of which admission knows no types. */
const DYNAMIC = new Map(["object", "oldObject", "params"].map((name) => [name, "dyn"]));

/**
 * What is wrong with an expression that is no CEL, that refers to a variable that there is not, or that plainly evaluates to
 * something else than is wanted; functions and the types of what they are given are not looked at.
 */
export function celProblem(
  expression: string,
  variables: readonly string[],
  wanted?: WantedResult,
): string | undefined {
  if (check === undefined) throw new Error("loadCel() has not been awaited");
  try {
    const found = check(expression, { variables, types: DYNAMIC });
    return found === undefined || wanted === undefined || wanted.types.includes(found)
      ? undefined
      : wanted.problem(found);
  } catch (error) {
    if (!(error instanceof CelExpressionError)) throw error;
    return report(error);
  }
}

/** Whether an expression without problems uses one of its variables. */
export function refersTo(variable: string, expression: string, variables: readonly string[]): boolean {
  const others = variables.filter((name) => name !== variable);
  return celProblem(expression, others) !== undefined;
}

/** Refuses an expression that {@link celProblem} finds something wrong with. */
export function checkCel(
  expression: string,
  variables: readonly string[],
  path: string,
  errors: FieldErrors,
  wanted?: WantedResult,
): void {
  const problem = celProblem(expression, variables, wanted);
  if (problem !== undefined) errors.invalid(path, expression, problem);
}
