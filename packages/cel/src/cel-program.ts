import type { CelBindings, CelValue } from "./cel-value.js";

/** A compiled expression. */
export interface CelProgram {
  readonly expression: string;
  /** Every declared variable has to be bound. Throws a `CelExpressionError` when the expression fails. */
  evaluate(bindings: CelBindings): CelValue;
  /** Whether the expression reads `variable.field`, also by `has()` or `.?`. */
  selects(variable: string, field: string): boolean;
}
