const MAX_TOTAL = 4 * 1024;
const MAX_ITEM = 256;

/**
 * The values of the `Warning` headers for some texts, each once: `299 - "text"`. When all texts together exceed 4096
 * characters each is cut to 256, and what then still exceeds the total is left out, as upstream does.
 * Control characters become spaces; other text is sent as UTF-8.
 */
export function warningHeaders(warnings: readonly string[]): string[] {
  const texts = new Set<readonly string[]>();
  const seen = new Set<string>();
  let total = 0;
  for (const warning of warnings) {
    if (warning === "" || seen.has(warning)) continue;
    seen.add(warning);
    const characters = [...warning];
    total += characters.length;
    texts.add(characters);
  }
  const truncate = total > MAX_TOTAL;
  const headers: string[] = [];
  let written = 0;
  for (const characters of texts) {
    if (truncate && written >= MAX_TOTAL) break;
    const kept = truncate ? characters.slice(0, MAX_ITEM) : characters;
    written += kept.length;
    headers.push(`299 - "${kept.map(quoted).join("")}"`);
  }
  return headers;
}

/** One character inside a quoted string; Node takes header text as latin1, so UTF-8 goes in byte by byte. */
function quoted(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return " ";
  return code < 0x7f ? character : Buffer.from(character, "utf8").toString("latin1");
}
