/** An expression that cannot be compiled, or that failed; line and column count from 1. */
export class CelExpressionError extends Error {
  constructor(
    readonly problem: string,
    readonly expression: string,
    /** Absent when the problem has no one place. */
    readonly place?: { readonly line: number; readonly column: number },
    options?: ErrorOptions,
  ) {
    super(`${place === undefined ? "" : `${place.line}:${place.column}: `}${problem}`, options);
    this.name = "CelExpressionError";
  }
}
