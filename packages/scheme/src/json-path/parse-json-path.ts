import type { JsonValue } from "@quarterdeck/meta";
import { type FilterOperator, JsonPathError, type JsonPathStep } from "./json-path-step.js";

const INTEGER = /-?\d+/y;
const SLICE = /(-?\d+)?:(-?\d+)?\]/y;
const OPERATOR = /==|!=|<=|>=|<|>/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const SPACE = /\s*/y;

/** Reads a path from left to right; every method leaves `at` behind what it has read. */
class JsonPathReader {
  private at = 0;

  constructor(private readonly text: string) {}

  read(): JsonPathStep[] {
    if (this.text[0] !== "." && this.text[0] !== "[") this.fail("it must begin with a dot, as in .spec.replicas");
    if (this.text === ".") this.fail("it names no field");
    const steps = this.steps(() => false);
    if (this.at < this.text.length) this.fail(`unexpected ${JSON.stringify(this.text[this.at])} at ${this.at + 1}`);
    return steps;
  }

  private fail(problem: string): never {
    throw new JsonPathError(this.text, problem);
  }

  private match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.text);
    if (found === null) return undefined;
    this.at += found[0].length;
    return found;
  }

  private accept(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  private expect(token: string): void {
    if (!this.accept(token)) this.fail(`expected ${JSON.stringify(token)} at ${this.at + 1}`);
  }

  private steps(ends: () => boolean): JsonPathStep[] {
    const steps: JsonPathStep[] = [];
    while (this.at < this.text.length && !ends()) {
      if (this.accept("..")) this.fail("recursive descent (..) is not supported");
      else if (this.accept(".")) steps.push(...this.afterDot());
      else if (this.accept("[")) steps.push(this.bracket());
      else break;
    }
    return steps;
  }

  private afterDot(): JsonPathStep[] {
    if (this.text[this.at] === "[") return [];
    if (this.accept("*")) return [{ kind: "wildcard" }];
    let name = "";
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at] ?? "";
      if (char === "\\" && this.at + 1 < this.text.length) name += this.text[++this.at];
      else if (".[]()=!<>'\" \t{}@?*,".includes(char)) break;
      else name += char;
    }
    if (name === "") this.fail(`a field name is missing at ${this.at + 1}`);
    return [{ kind: "field", name }];
  }

  private bracket(): JsonPathStep {
    const quote = this.text[this.at];
    if (quote === "'" || quote === '"') {
      const name = this.quoted();
      this.expect("]");
      return { kind: "field", name };
    }
    if (this.accept("*]")) return { kind: "wildcard" };
    if (this.accept("?(")) return this.filter();
    const slice = this.match(SLICE);
    if (slice !== undefined) {
      const [, from, to] = slice;
      return {
        kind: "slice",
        from: from === undefined ? undefined : Number(from),
        to: to === undefined ? undefined : Number(to),
      };
    }
    const index = this.match(INTEGER);
    if (index === undefined) this.fail(`expected an index, a quoted name, * or a filter at ${this.at + 1}`);
    this.expect("]");
    return { kind: "index", index: Number(index[0]) };
  }

  private quoted(): string {
    const quote = this.text[this.at++] ?? "";
    let text = "";
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at] ?? "";
      if (char === quote) {
        this.at++;
        return text;
      }
      text += char === "\\" && this.at + 1 < this.text.length ? this.text[++this.at] : char;
    }
    return this.fail("a quoted name has no end");
  }

  private filter(): JsonPathStep {
    this.match(SPACE);
    this.expect("@");
    const path = this.steps(() => this.text[this.at] === ")");
    this.match(SPACE);
    if (this.accept(")]")) return { kind: "filter", path, operator: "exists", literal: null };
    const operator = this.operator();
    this.match(SPACE);
    const literal = this.literal();
    this.match(SPACE);
    this.expect(")]");
    return { kind: "filter", path, operator, literal };
  }

  private operator(): FilterOperator {
    switch (this.match(OPERATOR)?.[0]) {
      case "==":
        return "==";
      case "!=":
        return "!=";
      case "<":
        return "<";
      case "<=":
        return "<=";
      case ">":
        return ">";
      case ">=":
        return ">=";
      default:
        return this.fail(`expected a comparison at ${this.at + 1}`);
    }
  }

  private literal(): JsonValue {
    const char = this.text[this.at];
    if (char === "'" || char === '"') return this.quoted();
    const word = this.match(WORD)?.[0];
    if (word !== undefined) return word === "null" ? null : word === "true";
    const number = this.match(NUMBER);
    if (number === undefined) this.fail(`expected a string, a number, true, false or null at ${this.at + 1}`);
    return Number(number[0]);
  }
}

/**
 * Reads a JSON path as custom resource definitions write it: `.spec.replicas`, `.metadata.labels['a/b']`, `\.` in a
 * name, `[0]`, `[-1]`, `[1:3]`, `[*]`, `[?(@.type=="Ready")]`. Unions and recursive descent are not supported.
 * Throws a {@link JsonPathError}.
 */
export function parseJsonPath(path: string): readonly JsonPathStep[] {
  return new JsonPathReader(path).read();
}
