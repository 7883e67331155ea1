import { escapeJson } from "@quarterdeck/wire";

/** Texts that are JSON as they stand once they have quotes around them. */
const PLAIN = /^[\x20\x21\x23-\x25\x27-\x3b\x3d\x3f-\x5b\x5d-\x7e]*$/;

/** A text as JSON, escaped as Go's encoder does. */
export function quote(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : escapeJson(JSON.stringify(text));
}
