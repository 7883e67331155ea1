/** JSON as Go's encoder writes it, which escapes what HTML gives a meaning to; `indent` spaces for each depth, or on one line. */
export function goJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
