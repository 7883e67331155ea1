/** What `.?field` and `[?key]` are called in the form that the parser reads. */
export const OPTIONAL_SELECT = "optionalSelect__";

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const SPACE = /\s*/y;
/** Strings in all of CEL's spellings, and comments: nothing inside them is syntax. */
const OPAQUE =
  /(?:[bB]?[rR]|[rR][bB])(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"[^"\n]*"|'[^'\n]*')|[bB]?(?:"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\/\/[^\n]*/y;

/** An expression without optional syntax, and where its parts stood before. */
export interface PlainExpression {
  readonly text: string;
  /** The place in the original of a place in {@link text}. */
  origin(at: number): number;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function skipSpace(text: string, at: number): number {
  return at + (match(SPACE, text, at) ?? "").length;
}

/** An open bracket: what closes it, and whether what follows it is selected optionally. */
interface Open {
  readonly close: string;
  readonly optional: boolean;
}

/**
 * Puts calls in the place of `.?field` and `[?key]`, which the parser does not know, and of the selections behind them, which
 * are optional too: `a.?b.c` is `a.?b.?c`. Other text is left as it is, mistakes included: they are the parser's to tell.
 */
export function withoutOptionalSyntax(source: string): PlainExpression {
  const rewriter = new Rewriter(source);
  rewriter.run();
  return rewriter;
}

class Rewriter implements PlainExpression {
  text = "";
  readonly #origins: [at: number, origin: number][] = [[0, 0]];
  readonly #open: Open[] = [];
  #at = 0;
  /** Behind an optional selection: a further one is optional as well. */
  #optional = false;

  constructor(private readonly source: string) {}

  origin(at: number): number {
    let found = 0;
    for (const [from, origin] of this.#origins) if (from <= at) found = origin + (at - from);
    return Math.min(found, this.source.length);
  }

  run(): void {
    while (this.#at < this.source.length) {
      if (this.#copy(OPAQUE) || this.#copy(NAME)) this.#optional = false;
      else if (!this.#select() && !this.#bracket()) this.#copyOne();
    }
  }

  #copy(pattern: RegExp): boolean {
    const found = match(pattern, this.source, this.#at);
    if (found === undefined) return false;
    this.text += found;
    this.#at += found.length;
    return true;
  }

  #copyOne(): void {
    const one = this.source[this.#at] ?? "";
    if (!/\s/.test(one)) this.#optional = false;
    this.text += one;
    this.#at += 1;
  }

  #put(text: string, next: number): void {
    this.text += text;
    this.#at = next;
    this.#origins.push([this.text.length, next]);
  }

  /** `.?name`, and `.name` that selects from an optional. */
  #select(): boolean {
    const { source } = this;
    if (source[this.#at] !== ".") return false;
    let next = skipSpace(source, this.#at + 1);
    const asked = source[next] === "?";
    if (asked) next = skipSpace(source, next + 1);
    const name = match(NAME, source, next);
    if (name === undefined) return false;
    const end = next + name.length;
    const call = source[skipSpace(source, end)] === "(";
    if (call || !(asked || this.#optional)) {
      this.text += source.slice(this.#at, end);
      this.#at = end;
      this.#optional = false;
      return true;
    }
    this.#put(`.${OPTIONAL_SELECT}("${name}")`, end);
    this.#optional = true;
    return true;
  }

  #bracket(): boolean {
    const { source } = this;
    const one = source[this.#at] ?? "";
    if (one === "[") {
      const inner = skipSpace(source, this.#at + 1);
      const asked = source[inner] === "?";
      const optional = asked || this.#optional;
      this.#open.push({ close: optional ? ")" : "]", optional });
      if (optional) this.#put(`.${OPTIONAL_SELECT}(`, asked ? inner + 1 : this.#at + 1);
      else this.#copyOne();
      this.#optional = false;
      return true;
    }
    if (one !== "]") return false;
    const open = this.#open.pop();
    if (open?.optional === true) this.#put(open.close, this.#at + 1);
    else this.#copyOne();
    this.#optional = open?.optional === true;
    return true;
  }
}
