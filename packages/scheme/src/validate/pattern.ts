/** A pattern that no regular expression can be made of, or one that could take exponential time. */
export class PatternError extends Error {
  override readonly name = "PatternError";
}

const NEEDS_UNICODE = /\\[pP]\{|\\u\{/;
const LEADING_FLAGS = /^\(\?([ims]+)\)/;

/**
 * Compiles a pattern of the schema vocabulary. Patterns are written for Go's RE2, so its leading flags `(?i)` are read
 * too, and the expression is not in Unicode mode unless it has `\p{…}`, since that mode refuses escapes that RE2 takes
 * (`\-`, `\_`).
 */
export function compilePattern(pattern: string): RegExp {
  const flags = LEADING_FLAGS.exec(pattern);
  const source = flags === null ? pattern : pattern.slice(flags[0].length);
  const options = [...new Set(flags?.[1] ?? "")].join("");
  try {
    return new RegExp(source, NEEDS_UNICODE.test(source) ? `${options}u` : options);
  } catch (error) {
    throw new PatternError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

interface Group {
  /** Some alternative of the group is made of optional and repeated parts alone, at least one of them unbounded. */
  ambiguous: boolean;
  /** What the alternative at hand has so far. */
  unbounded: boolean;
  mandatory: boolean;
}

const QUANTIFIER = /[*+?]|\{(\d+)(,?)(\d*)\}/y;
const CLASS = /\[\^?\]?(?:\\.|[^\]\\])*\]/y;
const GROUP_OPENING = /\((?:\?(?:[:=!]|<[=!]|P?<[^>]*>|[ims-]*:))?/y;

function endAlternative(group: Group): void {
  if (group.unbounded && !group.mandatory) group.ambiguous = true;
  group.unbounded = false;
  group.mandatory = false;
}

function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}

/**
 * True for the plain forms of nested repetition, such as `(a+)+`, `(a*)*` and `(x|a+)*`, on which a backtracking engine
 * takes exponential time: a group repeated without bound, one alternative of which holds nothing but repetitions.
 * It is a screen, not a proof (`([a-z]*[a-z])+` passes): patterns come from class authors; those of strangers need RE2.
 */
export function hasNestedRepetition(pattern: string): boolean {
  const groups: Group[] = [{ ambiguous: false, unbounded: false, mandatory: false }];
  for (let at = 0; at < pattern.length; ) {
    const char = pattern[at] ?? "";
    let closed: Group | undefined;
    if (char === "(") {
      groups.push({ ambiguous: false, unbounded: false, mandatory: false });
      at += matchAt(GROUP_OPENING, pattern, at)?.[0].length ?? 1;
      continue;
    }
    const outer = groups.at(char === ")" ? -2 : -1);
    if (outer === undefined) return false;
    if (char === "|") {
      endAlternative(outer);
      at++;
      continue;
    }
    if (char === ")") {
      closed = groups.pop();
      if (closed !== undefined) endAlternative(closed);
      at++;
    } else {
      at += char === "[" ? (matchAt(CLASS, pattern, at)?.[0].length ?? 1) : char === "\\" ? 2 : 1;
      if (char === "^" || char === "$") continue;
    }
    const quantifier = matchAt(QUANTIFIER, pattern, at);
    at += quantifier?.[0].length ?? 0;
    if (quantifier !== null && (pattern[at] === "?" || pattern[at] === "+")) at++;
    const text = quantifier?.[0] ?? "";
    const unbounded = text === "*" || text === "+" || (quantifier?.[2] === "," && quantifier[3] === "");
    if (unbounded && closed?.ambiguous) return true;
    if (unbounded) outer.unbounded = true;
    else if (closed?.ambiguous) outer.unbounded = true;
    else if (text !== "?" && quantifier?.[1] !== "0") outer.mandatory = true;
  }
  return false;
}
