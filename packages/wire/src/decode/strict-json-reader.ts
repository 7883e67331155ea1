import { BodyError } from "./body-error.js";
import { FieldPath } from "./field-path.js";

const MAX_DUPLICATES = 100;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;

/**
 * Reads a JSON text the slow way, to say what `JSON.parse` cannot: which members stand twice, and what is wrong in the
 * words of Go's `encoding/json`. It keeps its own stack; the text is one character a byte (latin1), as Go counts.
 */
export class StrictJsonReader {
  readonly #text: string;
  readonly #path = new FieldPath();
  readonly #keys: (Set<string> | undefined)[] = [];
  readonly #duplicates = new Set<string>();
  #at = 0;

  constructor(body: Buffer) {
    this.#text = body.toString("latin1");
  }

  /** The paths of repeated members, at most 100; throws a {@link BodyError} when the text is malformed. */
  duplicates(): readonly string[] {
    let expectsValue = true;
    for (;;) {
      if (expectsValue) expectsValue = this.#openValue();
      else if (this.#keys.length === 0) break;
      else expectsValue = this.#nextSibling();
    }
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail("after top-level value");
    return [...this.#duplicates];
  }

  /** Reads a scalar or steps into a container; true when a value must follow. */
  #openValue(): boolean {
    this.#skipSpace();
    const char = this.#text[this.#at];
    switch (char) {
      case "{":
        this.#at++;
        this.#keys.push(new Set());
        this.#skipSpace();
        if (this.#text[this.#at] === "}") return this.#close();
        this.#key();
        return true;
      case "[":
        this.#at++;
        this.#keys.push(undefined);
        this.#path.pushIndex();
        this.#skipSpace();
        return this.#text[this.#at] === "]" ? this.#close() : true;
      case '"':
        this.#string();
        return false;
      case "t":
        return this.#literal("true");
      case "f":
        return this.#literal("false");
      case "n":
        return this.#literal("null");
      default:
        if (char !== undefined && /[-0-9]/.test(char)) return this.#number();
        return this.#fail("looking for beginning of value");
    }
  }

  /** After a value: true when another one follows, false when the container ended. */
  #nextSibling(): boolean {
    this.#skipSpace();
    const inObject = this.#keys.at(-1) !== undefined;
    const char = this.#text[this.#at];
    if (char === (inObject ? "}" : "]")) {
      if (inObject) this.#path.pop();
      return this.#close();
    }
    if (char !== ",") return this.#fail(inObject ? "after object key:value pair" : "after array element");
    this.#at++;
    if (inObject) {
      this.#path.pop();
      this.#skipSpace();
      this.#key();
    } else {
      this.#path.nextIndex();
    }
    return true;
  }

  #close(): false {
    this.#at++;
    if (this.#keys.pop() === undefined) this.#path.pop();
    return false;
  }

  #key(): void {
    if (this.#text[this.#at] !== '"') this.#fail("looking for beginning of object key string");
    const start = this.#at;
    this.#string();
    const key = String(JSON.parse(Buffer.from(this.#text.slice(start, this.#at), "latin1").toString("utf8")));
    this.#path.pushKey(key);
    const keys = this.#keys.at(-1);
    if (keys?.has(key) && this.#duplicates.size < MAX_DUPLICATES) this.#duplicates.add(this.#path.toString());
    keys?.add(key);
    this.#skipSpace();
    if (this.#text[this.#at] !== ":") this.#fail("after object key");
    this.#at++;
  }

  /** A loop, not a regular expression, which would run out of stack on a string of megabytes. */
  #string(): void {
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE) {
        this.#at++;
        return;
      }
      if (code < SPACE) this.#fail("in string literal");
      if (code === BACKSLASH) this.#escape();
    }
    this.#fail("in string literal");
  }

  #escape(): void {
    this.#at++;
    const code = this.#text[this.#at];
    if (code === "u") this.#hexadecimal();
    else if (code !== undefined && !'"\\/bfnrt'.includes(code)) this.#fail("in string escape code");
  }

  #hexadecimal(): void {
    for (let digit = 0; digit < 4; digit++) {
      this.#at++;
      if (!/[0-9a-fA-F]/.test(this.#text[this.#at] ?? "")) this.#fail("in \\u hexadecimal character escape");
    }
  }

  #number(): false {
    NUMBER.lastIndex = this.#at;
    if (!NUMBER.test(this.#text)) {
      this.#at++;
      this.#fail("in numeric literal");
    }
    this.#at = NUMBER.lastIndex;
    const next = this.#text[this.#at] ?? "";
    const after = this.#text[this.#at + 1] ?? "";
    if (next === ".") {
      this.#at++;
      this.#fail("after decimal point in numeric literal");
    }
    if (next === "e" || next === "E") {
      this.#at += after === "+" || after === "-" ? 2 : 1;
      this.#fail("in exponent of numeric literal");
    }
    return false;
  }

  #literal(word: string): false {
    for (const expected of word) {
      if (this.#text[this.#at] !== expected) this.#fail(`in literal ${word} (expecting '${expected}')`);
      this.#at++;
    }
    return false;
  }

  #skipSpace(): void {
    for (;;) {
      const char = this.#text[this.#at];
      if (char !== " " && char !== "\n" && char !== "\r" && char !== "\t") return;
      this.#at++;
    }
  }

  #fail(where: string): never {
    const char = this.#text[this.#at];
    if (char === undefined) throw new BodyError("unexpected end of JSON input", true);
    throw new BodyError(`invalid character ${quoteCharacter(char)} ${where}`, true);
  }
}

function quoteCharacter(char: string): string {
  if (char === "'") return "'\\''";
  if (char === '"') return "'\"'";
  const code = char.charCodeAt(0);
  if (code < 0x20 || (code >= 0x7f && code < 0xa1)) {
    const known = { 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r", 7: "\\a" }[code];
    const escaped = code < 0x80 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u00${code.toString(16)}`;
    return `'${known ?? escaped}'`;
  }
  return char === "\\" ? "'\\\\'" : `'${char}'`;
}
