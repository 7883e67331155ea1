const UNSAFE = /[<>&\u2028\u2029]|\\ud/;
const REPLACED = /[<>&\u2028\u2029]|\\(?:ud[89a-f][0-9a-f]{2}|[\s\S])/g;

/**
 * Makes the output of `JSON.stringify` what Go's `encoding/json` writes: `<`, `>`, `&`, U+2028 and U+2029 as `\u`
 * escapes, and a lone surrogate (which is not UTF-8) as `\ufffd`. Text without any of them is returned as it is.
 */
export function escapeJson(json: string): string {
  return UNSAFE.test(json) ? json.replace(REPLACED, replacement) : json;
}

function replacement(match: string): string {
  if (match.length === 1) return `\\u${match.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return match.length === 2 ? match : "\\ufffd";
}
