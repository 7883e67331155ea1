import type { CelProgram, CelValue } from "@quarterdeck/cel";
import type { ReviewSpec } from "./review-spec.js";

/** A condition answered something that is neither true nor false. */
class ConditionResultError extends Error {
  constructor(expression: string) {
    super(`${JSON.stringify(expression)} must be true or false`);
    this.name = "ConditionResultError";
  }
}

/** The conditions under which a webhook is asked at all; CEL is loaded when there is one. */
export class MatchConditions {
  #programs: readonly (readonly [string, CelProgram])[] = [];

  constructor(private readonly expressions: readonly string[]) {}

  /** Rejects with a `CelExpressionError` for an expression that is none. */
  async compile(): Promise<void> {
    if (this.expressions.length === 0) return;
    const { compile } = await import("@quarterdeck/cel");
    this.#programs = await Promise.all(
      this.expressions.map(async (one) => [one, await compile(one, { variables: ["request"] })] as const),
    );
  }

  /**
   * True when all of them hold. One that is false decides, whatever is wrong with others, as upstream; else the first error
   * is thrown.
   */
  hold(spec: ReviewSpec): boolean {
    if (this.#programs.length === 0) return true;
    const request: CelValue = JSON.parse(JSON.stringify(spec));
    let failure: unknown;
    for (const [expression, program] of this.#programs) {
      try {
        const result = program.evaluate({ request });
        if (result === false) return false;
        if (result !== true) throw new ConditionResultError(expression);
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
    return true;
  }
}
