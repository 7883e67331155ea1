import { reasonOf } from "@quarterdeck/meta";

/** A pattern that no regular expression can be made of, or one that could take exponential time. */
export class PatternError extends Error {
  override readonly name = "PatternError";
}

const NEEDS_UNICODE = /\\[pP]\{|\\u\{/;
const LEADING_FLAGS = /^\(\?([ims]+)\)/;

/**
 * Compiles a pattern of the schema vocabulary. Patterns are written for Go's RE2, so its leading flags `(?i)` and its
 * named groups `(?P<name>…)` are read too, and the expression is not in Unicode mode unless it has `\p{…}`, since that mode refuses escapes that RE2 takes
 * (`\-`, `\_`).
 */
export function compilePattern(pattern: string): RegExp {
  const flags = LEADING_FLAGS.exec(pattern);
  const source = pattern.slice(flags?.[0].length ?? 0).replaceAll("(?P<", "(?<");
  const options = [...new Set(flags?.[1] ?? "")].join("");
  try {
    return new RegExp(source, NEEDS_UNICODE.test(source) ? `${options}u` : options);
  } catch (error) {
    throw new PatternError(reasonOf(error), { cause: error });
  }
}
