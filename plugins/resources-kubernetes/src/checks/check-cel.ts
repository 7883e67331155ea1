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

/** What is wrong with an expression that is no CEL, or that refers to a variable that there is not; types and functions are not looked at. */
export function celProblem(expression: string, variables: readonly string[]): string | undefined {
  if (check === undefined) throw new Error("loadCel() has not been awaited");
  try {
    check(expression, { variables });
    return undefined;
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
export function checkCel(expression: string, variables: readonly string[], path: string, errors: FieldErrors): void {
  const problem = celProblem(expression, variables);
  if (problem !== undefined) errors.invalid(path, expression, problem);
}
