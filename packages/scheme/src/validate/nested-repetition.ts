interface Group {
  /** Some alternative of the group is made of optional and repeated parts alone, at least one of them unbounded. */
  ambiguous: boolean;
  /** What the alternative at hand has so far. */
  unbounded: boolean;
  mandatory: boolean;
}

const QUANTIFIER = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y;
const CLASS = /\[\^?\]?(?:\\.|[^\]\\])*\]/y;
const GROUP_OPENING = /\((?:\?(?:[:=!]|<[=!]|P?<[^>]*>|[ims-]*:))?/y;

function endAlternative(group: Group): void {
  if (group.unbounded && !group.mandatory) group.ambiguous = true;
  group.unbounded = false;
  group.mandatory = false;
}

/** Reads a pattern from left to right; every method leaves `at` behind what it has read. */
class PatternScanner {
  private at = 0;
  private readonly groups: Group[] = [{ ambiguous: false, unbounded: false, mandatory: false }];

  constructor(private readonly pattern: string) {}

  hasNestedRepetition(): boolean {
    while (this.at < this.pattern.length) if (this.element()) return true;
    return false;
  }

  private skip(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.at;
    const found = expression.exec(this.pattern);
    this.at += found?.[0].length ?? 0;
    return found;
  }

  /** True when the element is a repetition of repetitions. */
  private element(): boolean {
    const group = this.groups.at(-1);
    if (group === undefined) return false;
    switch (this.pattern[this.at]) {
      case "(":
        this.skip(GROUP_OPENING);
        this.groups.push({ ambiguous: false, unbounded: false, mandatory: false });
        return false;
      case "|":
        this.at++;
        endAlternative(group);
        return false;
      case ")":
        this.at++;
        endAlternative(group);
        this.groups.pop();
        return this.repetition(group.ambiguous);
      case "^":
      case "$":
        this.at++;
        return false;
      case "[":
        if (this.skip(CLASS) === null) this.at++;
        return this.repetition(false);
      case "\\":
        this.at += 2;
        return this.repetition(false);
      default:
        this.at++;
        return this.repetition(false);
    }
  }

  /** Reads how often the element before is repeated, and notes it in the group around it. */
  private repetition(isAmbiguous: boolean): boolean {
    const quantifier = this.skip(QUANTIFIER);
    const text = quantifier?.[0] ?? "";
    const isUnbounded = /^[*+]/.test(text) || (quantifier?.[2] === "," && quantifier[3] === "");
    if (isUnbounded && isAmbiguous) return true;
    const around = this.groups.at(-1);
    if (around === undefined) return false;
    if (isUnbounded || isAmbiguous) around.unbounded = true;
    else if (!text.startsWith("?") && quantifier?.[1] !== "0") around.mandatory = true;
    return false;
  }
}

/**
 * True for the plain forms of nested repetition, such as `(a+)+`, `(a*)*` and `(x|a+)*`, on which a backtracking engine
 * takes exponential time: a group repeated without bound, one alternative of which holds nothing but repetitions.
 * It is a screen, not a proof (`([a-z]*[a-z])+` passes): patterns come from class authors; those of strangers need RE2.
 */
export function hasNestedRepetition(pattern: string): boolean {
  return new PatternScanner(pattern).hasNestedRepetition();
}
