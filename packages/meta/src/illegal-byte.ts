const DIGIT = /[A-Za-z0-9+/]/;
/** What is right when its length is; nearly all values are. */
const PLAIN = /^[A-Za-z0-9+/]*={0,2}$/;
const QUANTUM = 4;

function isLineBreak(char: string | undefined): boolean {
  return char === "\n" || char === "\r";
}

/** Where padded base64 goes wrong, as Go's decoder counts it; undefined when it is right. Line breaks are left out. */
export function illegalByte(text: string): number | undefined {
  if (text.length % QUANTUM === 0 && PLAIN.test(text)) return undefined;
  let filled = 0;
  let at = 0;
  for (; at < text.length; at++) {
    const char = text[at] ?? "";
    if (isLineBreak(char)) continue;
    if (char === "=") return illegalPadding(text, at, filled);
    if (!DIGIT.test(char)) return at;
    filled = (filled + 1) % QUANTUM;
  }
  return filled === 0 ? undefined : at - filled;
}

/** The same from the first `=` on, which `filled` digits of the last four stand before. */
function illegalPadding(text: string, first: number, filled: number): number | undefined {
  if (filled < 2) return first;
  let at = skipLineBreaks(text, first + 1);
  if (filled === 2) {
    if (at === text.length) return at;
    if (text[at] !== "=") return at;
    at = skipLineBreaks(text, at + 1);
  }
  return at === text.length ? undefined : at;
}

function skipLineBreaks(text: string, from: number): number {
  let at = from;
  while (isLineBreak(text[at])) at++;
  return at;
}
