import { labelValueErrors, qualifiedNameErrors } from "./names.js";
import { SelectorError } from "./selector-error.js";

/** How a requirement relates a label to its values. */
export type LabelOperator = "in" | "notin" | "=" | "==" | "!=" | "exists" | "!" | "gt" | "lt";

/** One condition of a label selector. `values` is sorted and without duplicates. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: LabelOperator;
  readonly values: readonly string[];
}

/** All conditions of a label selector; an empty list matches every object. */
export interface LabelSelector {
  readonly requirements: readonly LabelRequirement[];
  matches(labels: { readonly [key: string]: string } | undefined): boolean;
}

type Token = { readonly type: string; readonly text: string };

const SYMBOLS = new Set(["=", "!", "(", ")", ",", ">", "<"]);
const SPACES = new Set([" ", "\t", "\r", "\n"]);
const TWO_CHARACTERS = new Set(["==", "!="]);
const OPERATORS: ReadonlyMap<string, LabelOperator> = new Map([
  ["in", "in"],
  ["notin", "notin"],
  ["=", "="],
  ["==", "=="],
  ["!=", "!="],
  [">", "gt"],
  ["<", "lt"],
]);
const OPERATOR_NAMES = "in, notin, =, ==, !=, gt, lt";

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (SPACES.has(character)) {
      at++;
      continue;
    }
    if (SYMBOLS.has(character)) {
      const two = text.slice(at, at + 2);
      const symbol = TWO_CHARACTERS.has(two) ? two : character;
      tokens.push({ type: symbol, text: symbol });
      at += symbol.length;
      continue;
    }
    const start = at;
    while (at < text.length && !SYMBOLS.has(text.charAt(at)) && !SPACES.has(text.charAt(at))) at++;
    const word = text.slice(start, at);
    tokens.push({ type: word === "in" || word === "notin" ? word : "identifier", text: word });
  }
  return tokens;
}

const END: Token = { type: "end", text: "" };

class LabelSelectorParser {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(text: string) {
    this.tokens = tokenize(text);
  }

  parse(): LabelRequirement[] {
    const requirements: LabelRequirement[] = [];
    for (;;) {
      const next = this.peekValue();
      if (next.type === "end") return requirements;
      if (next.type !== "identifier" && next.type !== "!") {
        throw new SelectorError(`found '${next.text}', expected: !, identifier, or 'end of string'`);
      }
      requirements.push(this.requirement());
      const after = this.takeValue();
      if (after.type === "end") return requirements;
      if (after.type !== ",") {
        throw new SelectorError(`found '${after.text}', expected: ',' or 'end of string'`);
      }
      const following = this.peekValue();
      if (following.type !== "identifier" && following.type !== "!") {
        throw new SelectorError(`found '${following.text}', expected: identifier after ','`);
      }
    }
  }

  private peek(): Token {
    return this.tokens[this.at] ?? END;
  }

  /** Where a value may stand, the words `in` and `notin` are values. */
  private peekValue(): Token {
    const token = this.peek();
    return token.type === "in" || token.type === "notin" ? { type: "identifier", text: token.text } : token;
  }

  private takeValue(): Token {
    const token = this.peekValue();
    this.at++;
    return token;
  }

  private requirement(): LabelRequirement {
    let token = this.takeValue();
    const absent = token.type === "!";
    if (absent) token = this.takeValue();
    if (token.type !== "identifier") {
      throw new SelectorError(`unable to parse requirement: found '${token.text}', expected: identifier`);
    }
    const key = token.text;
    const keyErrors = qualifiedNameErrors(key);
    if (keyErrors.length > 0) throw invalid("<nil>", key, keyErrors);
    const next = this.peekValue();
    if (absent) return { key, operator: "!", values: [] };
    if (next.type === "end" || next.type === ",") return { key, operator: "exists", values: [] };
    const operator = this.operator();
    const values = operator === "in" || operator === "notin" ? this.list() : [this.exactValue()];
    const sorted = [...new Set(values)].sort();
    for (const [index, value] of sorted.entries()) this.checkValue(key, operator, value, index);
    return { key, operator, values: sorted };
  }

  private checkValue(key: string, operator: LabelOperator, value: string, index: number): void {
    if ((operator === "gt" || operator === "lt") && parseInteger(value) === undefined) {
      const detail = "for 'Gt', 'Lt' operators, the value must be an integer";
      throw invalid(`values[${index}]`, value, [detail]);
    }
    const errors = labelValueErrors(value);
    if (errors.length > 0) throw invalid(`values[${index}][${key}]`, value, errors);
  }

  private operator(): LabelOperator {
    const token = this.peek();
    this.at++;
    const operator = OPERATORS.get(token.type);
    if (operator === undefined) {
      throw new SelectorError(`unable to parse requirement: found '${token.text}', expected: ${OPERATOR_NAMES}`);
    }
    return operator;
  }

  private exactValue(): string {
    const token = this.peekValue();
    if (token.type === "end" || token.type === ",") return "";
    this.at++;
    if (token.type === "identifier") return token.text;
    throw new SelectorError(`unable to parse requirement: found '${token.text}', expected: identifier`);
  }

  private list(): string[] {
    const open = this.takeValue();
    if (open.type !== "(") throw new SelectorError(`unable to parse requirement: found '${open.text}' expected: '('`);
    const values: string[] = [];
    // An empty place before a comma or the end is the empty value.
    let expectValue = true;
    for (;;) {
      const token = this.takeValue();
      if (token.type === "identifier" && expectValue) {
        values.push(token.text);
        expectValue = false;
      } else if (token.type === ",") {
        if (expectValue) values.push("");
        expectValue = true;
      } else if (token.type === ")") {
        if (expectValue) values.push("");
        return values;
      } else {
        const expected = expectValue ? "',', ')' or identifier" : "',' or ')'";
        throw new SelectorError(`unable to parse requirement: found '${token.text}', expected: ${expected}`);
      }
    }
  }
}

function invalid(path: string, value: string, errors: readonly string[]): SelectorError {
  const text = `${path}: Invalid value: ${JSON.stringify(value)}: ${errors.join("; ")}`;
  return new SelectorError(`unable to parse requirement: ${text}`);
}

function parseInteger(text: string): bigint | undefined {
  return /^[-+]?[0-9]{1,19}$/.test(text) ? BigInt(text.startsWith("+") ? text.slice(1) : text) : undefined;
}

function matchesRequirement(requirement: LabelRequirement, value: string | undefined): boolean {
  switch (requirement.operator) {
    case "in":
    case "=":
    case "==":
      return value !== undefined && requirement.values.includes(value);
    case "notin":
    case "!=":
      return value === undefined || !requirement.values.includes(value);
    case "exists":
      return value !== undefined;
    case "!":
      return value === undefined;
    case "gt":
    case "lt": {
      const actual = value === undefined ? undefined : parseInteger(value);
      const bound = parseInteger(requirement.values[0] ?? "");
      if (actual === undefined || bound === undefined) return false;
      return requirement.operator === "gt" ? actual > bound : actual < bound;
    }
  }
}

/**
 * Reads the text form of a label selector, such as `app=web,tier in (a,b),!canary`. Throws {@link SelectorError} with
 * upstream's wording (`k8s.io/apimachinery/pkg/labels`).
 */
export function parseLabelSelector(text: string): LabelSelector {
  const requirements = new LabelSelectorParser(text)
    .parse()
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return {
    requirements,
    matches: (labels) =>
      requirements.every((requirement) => {
        const has = labels !== undefined && Object.hasOwn(labels, requirement.key);
        return matchesRequirement(requirement, has ? labels[requirement.key] : undefined);
      }),
  };
}
