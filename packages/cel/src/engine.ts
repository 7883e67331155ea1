import { celEnv, isCelError, parse, plan } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import { CelExpressionError } from "./cel-expression-error.js";
import type { CelProgram } from "./cel-program.js";
import type { CelBindings } from "./cel-value.js";
import { findBadReference } from "./check-references.js";
import { fromEngine, toEngine } from "./convert-values.js";
import { isDeeperThan, selects } from "./expression-tree.js";
import { findUndeclared } from "./find-undeclared.js";
import { type PlainExpression, withoutOptionalSyntax } from "./optional-syntax.js";
import { OPTIONAL_FUNCTIONS } from "./optional-values.js";
import { type KnownTypes, resultType } from "./result-type.js";

/** Characters; what people write has a few hundred. */
const MAX_LENGTH = 16_384;
/** Levels of calls and selections inside one another: what follows the tree calls itself for each. */
const MAX_LEVELS = 1000;

const ENVIRONMENT = celEnv({ funcs: [...strings, ...OPTIONAL_FUNCTIONS] });

function placeOf(
  source: string,
  plain: PlainExpression,
  at: number,
): { readonly line: number; readonly column: number } {
  const before = source.slice(0, plain.origin(at)).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/** Where a syntax error of the parser stands; it is no class of its own. */
function syntaxError(error: unknown, source: string, plain: PlainExpression): CelExpressionError {
  const { rawMessage, location } = Object(error);
  const offset: unknown = location?.start?.offset;
  const problem = `syntax error: ${typeof rawMessage === "string" ? rawMessage : String(error)}`;
  const place = typeof offset === "number" ? placeOf(source, plain, offset) : undefined;
  return new CelExpressionError(problem, source, place, { cause: error });
}

/** Throws a `CelExpressionError` for what is no expression. */
function parseExpression(source: string) {
  if (source.trim() === "") throw new CelExpressionError("the expression is empty", source);
  if (source.length > MAX_LENGTH) {
    throw new CelExpressionError(`the expression is longer than ${MAX_LENGTH} characters`, source.slice(0, 80));
  }
  const plain = withoutOptionalSyntax(source);
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(plain.text);
  } catch (error) {
    throw syntaxError(error, source, plain);
  }
  const { expr, sourceInfo } = parsed;
  if (isDeeperThan(MAX_LEVELS, expr))
    throw new CelExpressionError(`more than ${MAX_LEVELS} parts inside one another`, source);
  const placeOfNode = (id: bigint | undefined) => {
    const at = id === undefined ? undefined : sourceInfo?.positions[String(id)];
    return at === undefined ? undefined : placeOf(source, plain, at);
  };
  return { parsed, expr, placeOfNode };
}

/** See `loadReferenceCheck`. */
export function checkExpression(
  source: string,
  variables: readonly string[],
  types: KnownTypes = new Map(),
): string | undefined {
  const { expr, placeOfNode } = parseExpression(source);
  const mistake = findUndeclared(expr, new Set(variables));
  if (mistake !== undefined) throw new CelExpressionError(mistake.problem, source, placeOfNode(mistake.node.id));
  return resultType(expr, types);
}

/** See `compile`. The only file that knows the engine's ways of parsing and running. */
export function compileExpression(source: string, variables: readonly string[]): CelProgram {
  const { parsed, expr, placeOfNode } = parseExpression(source);
  const names = {
    variables: new Set(variables),
    hasFunction: (name: string) => ENVIRONMENT.funcs.find(name) !== undefined,
  };
  const mistake = findBadReference(expr, names);
  if (mistake !== undefined) throw new CelExpressionError(mistake.problem, source, placeOfNode(mistake.node.id));
  const run = plan(ENVIRONMENT, parsed);
  return {
    expression: source,
    selects: (variable, field) => selects(expr, variable, field),
    evaluate(bindings: CelBindings) {
      const bound = Object.fromEntries(variables.map((name) => [name, toEngine(bindings[name] ?? null)]));
      const result = run(bound);
      if (isCelError(result)) throw new CelExpressionError(result.message, source, placeOfNode(result.exprId));
      try {
        return fromEngine(result);
      } catch (error) {
        throw new CelExpressionError(error instanceof Error ? error.message : String(error), source, undefined, {
          cause: error,
        });
      }
    },
  };
}
