import { resolvePlainScalar } from "../decode/yaml-scalar.js";

const PLAIN = /^[A-Za-z0-9_/.][A-Za-z0-9_/.@%+=()-]*(?:[ :][A-Za-z0-9_/.@%+=()-]+)*$/;
// Numbers, also sexagesimal ones, and dates: some readers of YAML 1.1 do not take them for text.
const MISREAD = /^(?:[0-9.][0-9_.,:eExXoOTZtz+-]*|\.(?:nan|inf))$/i;
// What a literal block cannot hold as it is: control characters but the tab, separators, lone surrogates, marks.
const NOT_PRINTABLE = /[\p{Cs}\p{Zl}\p{Zp}\ufeff\ufffe\uffff]|(?![\t\n])\p{Cc}/u;
const RAW_IN_JSON = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\\(?:ud[89a-f][0-9a-f]{2}|[\s\S])/g;

/** A string as a YAML key or one-line value: plain where that reads back as the same string, else in double quotes. */
export function yamlScalar(text: string): string {
  if (PLAIN.test(text) && !MISREAD.test(text) && typeof resolvePlainScalar(text) === "string") return text;
  return JSON.stringify(text).replace(RAW_IN_JSON, escapeCharacter);
}

/** A text of several printable lines as a literal block at `indent`; undefined when only quotes can carry it. */
export function literalBlock(text: string, indent: string): string | undefined {
  if (!text.includes("\n") || NOT_PRINTABLE.test(text)) return undefined;
  const ends = text.endsWith("\n");
  const lines = (ends ? text.slice(0, -1) : text).split("\n");
  if (/^\s|^$/.test(lines[0] ?? "") || lines.at(-1) === "") return undefined;
  let block = ends ? "|" : "|-";
  for (const line of lines) {
    if (line !== "" && line.trim() === "") return undefined;
    block += line === "" ? "\n" : `\n${indent}${line}`;
  }
  return block;
}

function escapeCharacter(match: string): string {
  if (match.length === 1) return `\\u${match.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return match.length === 2 ? match : "\\ufffd";
}
