const MAX_TOTAL = 4 * 1024;
const MAX_ITEM = 256;

/**
 * The values of the `Warning` headers for some texts, each once: `299 - "text"`. With the text that brings all of them
 * above 4096 characters each is cut to 256, and what comes once those are 4096 is left out, as upstream does.
 * Control characters become spaces; other text is sent as UTF-8.
 */
export function warningHeaders(warnings: readonly string[]): string[] {
  const texts: (readonly string[])[] = [];
  let written = 0;
  let truncating = false;
  for (const warning of new Set(warnings)) {
    if (warning === "") continue;
    if (truncating && written >= MAX_TOTAL) break;
    const characters = [...warning];
    texts.push(characters);
    written += truncating ? Math.min(characters.length, MAX_ITEM) : characters.length;
    if (truncating || written <= MAX_TOTAL) continue;
    truncating = true;
    written = texts.reduce((sum, text) => sum + Math.min(text.length, MAX_ITEM), 0);
  }
  return texts.map((text) => `299 - "${(truncating ? text.slice(0, MAX_ITEM) : text).map(quoted).join("")}"`);
}

/** One character inside a quoted string; Node takes header text as latin1, so UTF-8 goes in byte by byte. */
function quoted(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return " ";
  return code < 0x7f ? character : Buffer.from(character, "utf8").toString("latin1");
}
