const CONTEXT = 3;
/** Beyond so many pairs of lines the differing part is told of as a whole. */
const MOST_PAIRS = 4_000_000;

type Mark = " " | "-" | "+";
type Line = readonly [mark: Mark, text: string];

function changed(before: readonly string[], after: readonly string[]): Line[] {
  return [...before.map((text): Line => ["-", text]), ...after.map((text): Line => ["+", text])];
}

/** For each pair of places how many lines the rests of both have in common, in the same order. */
function commonCounts(before: readonly string[], after: readonly string[]): Uint32Array[] {
  const counts = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let at = before.length - 1; at >= 0; at--) {
    const [row, below] = [counts[at], counts[at + 1]];
    if (row === undefined || below === undefined) continue;
    for (let to = after.length - 1; to >= 0; to--) {
      row[to] = before[at] === after[to] ? (below[to + 1] ?? 0) + 1 : Math.max(below[to] ?? 0, row[to + 1] ?? 0);
    }
  }
  return counts;
}

function aligned(before: readonly string[], after: readonly string[]): Line[] {
  if (before.length * after.length > MOST_PAIRS) return changed(before, after);
  const counts = commonCounts(before, after);
  const lines: Line[] = [];
  let [at, to] = [0, 0];
  while (at < before.length || to < after.length) {
    const [left, right] = [before[at], after[to]];
    if (left !== undefined && left === right) {
      lines.push([" ", left]);
      at++;
      to++;
    } else if (
      left !== undefined &&
      (right === undefined || (counts[at + 1]?.[to] ?? 0) >= (counts[at]?.[to + 1] ?? 0))
    ) {
      lines.push(["-", left]);
      at++;
    } else {
      lines.push(["+", right ?? ""]);
      to++;
    }
  }
  return lines;
}

function aligning(before: readonly string[], after: readonly string[]): Line[] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const same = (text: string): Line => [" ", text];
  return [
    ...before.slice(0, start).map(same),
    ...aligned(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

function range(start: number, length: number): string {
  if (length === 1) return `${start + 1}`;
  return `${length === 0 ? start : start + 1},${length}`;
}

/** First and last place of each stretch of changes with the lines around it. */
function stretches(lines: readonly Line[]): [start: number, end: number][] {
  const found: [number, number][] = [];
  for (const [index, [mark]] of lines.entries()) {
    if (mark === " ") continue;
    const last = found.at(-1);
    const start = Math.max(0, index - CONTEXT);
    const end = Math.min(lines.length, index + CONTEXT + 1);
    if (last !== undefined && start <= last[1]) last[1] = end;
    else found.push([start, end]);
  }
  return found;
}

/** What differs between two texts, as `diff -u` writes it without the names of files; empty when nothing does. */
export function unifiedDiff(before: string, after: string): string {
  const lines = aligning(before.split("\n"), after.split("\n"));
  const parts: string[] = [];
  let [at, to, next] = [0, 0, 0];
  const pass = (until: number): void => {
    for (; next < until; next++) {
      if (lines[next]?.[0] !== "+") at++;
      if (lines[next]?.[0] !== "-") to++;
    }
  };
  for (const [start, end] of stretches(lines)) {
    pass(start);
    const [left, right] = [at, to];
    pass(end);
    parts.push(`@@ -${range(left, at - left)} +${range(right, to - right)} @@\n`);
    for (const [mark, text] of lines.slice(start, end)) parts.push(`${mark}${text}\n`);
  }
  return parts.join("");
}

/** Members by their names: those of an object in memory stand as they came, those of defaults behind. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(members.map(([key, member]) => [key, sorted(member)]));
}

/**
 * The same of two values, by the lines of their JSON; upstream's `diff.Diff`, but with the names that fields have in the API, sorted,
 * and without fields that are not there.
 */
export function jsonDiff(before: unknown, after: unknown): string {
  return unifiedDiff(JSON.stringify(sorted(before), null, 1), JSON.stringify(sorted(after), null, 1));
}
