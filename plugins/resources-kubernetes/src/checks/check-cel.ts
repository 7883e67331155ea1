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

/** Refuses what is no CEL, or what refers to a variable that there is not; types and functions are not looked at. */
export function checkCel(expression: string, variables: readonly string[], path: string, errors: FieldErrors): void {
  if (check === undefined) throw new Error("loadCel() has not been awaited");
  try {
    check(expression, { variables });
  } catch (error) {
    if (!(error instanceof CelExpressionError)) throw error;
    errors.invalid(path, expression, report(error));
  }
}
