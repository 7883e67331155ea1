import { isUtf8 } from "node:buffer";
import { Composer, type CST, type Document, Lexer, LineCounter, Parser } from "yaml";
import { BodyError } from "./body-error.js";
import { MAX_YAML_NESTING } from "./nesting.js";
import type { ParsedJson } from "./parse-json.js";
import { YamlReader } from "./yaml-reader.js";

/** The parser spends microseconds on each: this bounds what one body can cost, at some 80 000 lines of `key: value`. */
const MAX_LEXEMES = 400_000;
const OPTIONS = { version: "1.1", schema: "failsafe", uniqueKeys: false, logLevel: "silent" } as const;

/**
 * Reads one YAML document as JSON data, by the YAML 1.1 rules of Go's yaml.v2. Throws a {@link BodyError} when it is
 * malformed, not UTF-8, more than one document, nested too deeply, expands aliases beyond measure, or holds what JSON
 * cannot.
 */
export function parseYaml(body: Buffer): ParsedJson {
  const [document, second] = parseYamlDocuments(body);
  if (second !== undefined) throw new BodyError("yaml: the body must be a single document");
  return document ?? { value: null, duplicates: [] };
}

/** As {@link parseYaml}, of a text with any number of documents. */
export function parseYamlDocuments(body: Buffer): readonly ParsedJson[] {
  if (!isUtf8(body)) throw new BodyError("yaml: invalid UTF-8");
  const text = body.toString("utf8");
  const lines = new LineCounter();
  const tokens = tokenise(text, lines);
  // The composer recurses: at the end of the stack V8 may kill the process instead of throwing, so depth is bounded here.
  for (const token of tokens) checkDepth(token);
  return [...new Composer(OPTIONS).compose(tokens, true, text.length)].map((document) => {
    checkErrors(document, lines);
    return new YamlReader(lines).read(document.contents);
  });
}

function tokenise(text: string, lines: LineCounter): CST.Token[] {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    if (++lexemes > MAX_LEXEMES) throw new BodyError("yaml: the document has too many parts");
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function checkErrors(document: Document.Parsed, lines: LineCounter): void {
  const [error] = document.errors;
  if (error === undefined) return;
  throw new BodyError(`yaml: line ${lines.linePos(error.pos[0]).line}: ${error.message.split("\n", 1)[0] ?? ""}`);
}

/** Walks the concrete syntax with a stack of its own. */
function checkDepth(root: CST.Token): void {
  const open: [token: CST.Token, depth: number][] = [[root, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [token, depth] = next;
    if (depth > MAX_YAML_NESTING) throw new BodyError(`yaml: exceeded max depth of ${MAX_YAML_NESTING}`);
    if (token.type === "document" && token.value !== undefined) open.push([token.value, depth]);
    if (!("items" in token)) continue;
    for (const item of token.items) {
      if (item.key) open.push([item.key, depth + 1]);
      if (item.value) open.push([item.value, depth + 1]);
    }
  }
}
