const MAX_DISTANCE = 3;

function distance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const substituted = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(substituted, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/**
 * The candidate that a person most likely meant by `word`: at most three edits away, case aside, and sharing at least
 * one character position in two; undefined when none is that close.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = MAX_DISTANCE + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > MAX_DISTANCE) continue;
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits < least && edits * 2 <= Math.max(word.length, candidate.length)) {
      best = candidate;
      least = edits;
    }
  }
  return best;
}
