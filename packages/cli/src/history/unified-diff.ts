/** How many lines that are alike surround a difference. */
const CONTEXT = 3;

interface Line {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

/** The least number of lines to take out and put in, by Myers' algorithm. */
function edits(before: readonly string[], after: readonly string[]): readonly Line[] {
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let distance = 0; ; distance++) {
    trace.push(new Map(furthest));
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      let x = isDown(furthest, diagonal, distance)
        ? (furthest.get(diagonal + 1) ?? 0)
        : (furthest.get(diagonal - 1) ?? 0) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
      furthest.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return walkBack(before, after, trace);
    }
  }
}

function isDown(furthest: ReadonlyMap<number, number>, diagonal: number, distance: number): boolean {
  if (diagonal === -distance) return true;
  return diagonal !== distance && (furthest.get(diagonal - 1) ?? 0) < (furthest.get(diagonal + 1) ?? 0);
}

function walkBack(
  before: readonly string[],
  after: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
): readonly Line[] {
  const lines: Line[] = [];
  let x = before.length;
  let y = after.length;
  for (let distance = trace.length - 1; distance >= 0; distance--) {
    const furthest = trace[distance] ?? new Map<number, number>();
    const diagonal = x - y;
    const down = isDown(furthest, diagonal, distance);
    const from = down ? diagonal + 1 : diagonal - 1;
    const startX = distance === 0 ? 0 : (furthest.get(from) ?? 0);
    const startY = distance === 0 ? 0 : startX - from;
    while (x > startX && y > startY) {
      lines.push({ sign: " ", text: before[--x] ?? "" });
      y--;
    }
    if (distance === 0) break;
    if (down) lines.push({ sign: "+", text: after[--y] ?? "" });
    else lines.push({ sign: "-", text: before[--x] ?? "" });
  }
  return lines.reverse();
}

function range(start: number, length: number): string {
  if (length === 1) return String(start + 1);
  return `${length === 0 ? start : start + 1},${length}`;
}

/** The stretches of lines that a reader needs: differences and what surrounds them. */
function hunks(lines: readonly Line[]): readonly (readonly [start: number, end: number])[] {
  const found: [number, number][] = [];
  for (const [at, { sign }] of lines.entries()) {
    if (sign === " ") continue;
    const last = found.at(-1);
    if (last !== undefined && at - CONTEXT <= last[1]) last[1] = Math.min(lines.length, at + CONTEXT + 1);
    else found.push([Math.max(0, at - CONTEXT), Math.min(lines.length, at + CONTEXT + 1)]);
  }
  return found;
}

function linesOf(text: string): readonly string[] {
  if (text === "") return [];
  return text.replace(/\n$/, "").split("\n");
}

/** The lines of a unified diff without its two head lines; none when the texts are alike. */
export function unifiedDiff(before: string, after: string): readonly string[] {
  const lines = edits(linesOf(before), linesOf(after));
  return hunks(lines).flatMap(([start, end]) => {
    const ahead = lines.slice(0, start);
    const shown = lines.slice(start, end);
    const count = (part: readonly Line[], without: string): number =>
      part.filter(({ sign }) => sign !== without).length;
    const old = range(count(ahead, "+"), count(shown, "+"));
    const now = range(count(ahead, "-"), count(shown, "-"));
    return [`@@ -${old} +${now} @@`, ...shown.map(({ sign, text }) => `${sign}${text}`)];
  });
}
