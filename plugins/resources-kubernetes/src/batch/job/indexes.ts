import { quoteText } from "@quarterdeck/meta";

/** Indexes from one to another, both included. */
type Interval = readonly [first: number, last: number];

/** Why a text is no list of indexes, in upstream's words. */
class IndexesError extends Error {
  override readonly name = "IndexesError";
}

function readIndex(text: string, completions: number): number {
  if (!/^[-+]?\d{1,18}$/.test(text))
    throw new IndexesError(`cannot convert string to integer for index: ${quoteText(text)}`);
  const index = Number(text);
  if (index >= completions) throw new IndexesError(`too large index: ${quoteText(text)}`);
  return index;
}

function outOfOrder(previous: number, current: number): IndexesError {
  return new IndexesError(`non-increasing order, previous: ${previous}, current: ${current}`);
}

function readInterval(text: string, completions: number): Interval {
  const [start = "", end, ...more] = text.split("-");
  if (more.length > 0) {
    const rule = "violates the requirement that an index interval can have at most two parts separated by '-'";
    throw new IndexesError(`the fragment ${quoteText(text)} ${rule}`);
  }
  const first = readIndex(start, completions);
  if (end === undefined) return [first, first];
  const last = readIndex(end, completions);
  if (first >= last) throw outOfOrder(first, last);
  return [first, last];
}

function countOf(text: string, completions: number): number {
  if (text === "") return 0;
  let count = 0;
  let previous: number | undefined;
  for (const part of text.split(",")) {
    const [first, last] = readInterval(part, completions);
    if (previous !== undefined && previous >= first) throw outOfOrder(previous, first);
    count += last - first + 1;
    previous = last;
  }
  return count;
}

/**
 * How many indexes a list such as `1,3-5,7` names, each below `completions` and in order; or what is wrong with it.
 * Upstream's `validateIndexesFormat`.
 */
export function countIndexes(text: string, completions: number): { readonly count: number; readonly problem?: string } {
  try {
    return { count: countOf(text, completions) };
  } catch (error) {
    if (error instanceof IndexesError) return { count: 0, problem: error.message };
    throw error;
  }
}

/** The intervals of a list that can be read; others are told of elsewhere. */
function intervalsOf(text: string, completions: number): Interval[] {
  if (text === "") return [];
  return text.split(",").flatMap((part) => {
    try {
      return [readInterval(part, completions)];
    } catch (error) {
      if (error instanceof IndexesError) return [];
      throw error;
    }
  });
}

/** The first index that is found in both of two lists; upstream's `validateFailedIndexesNotOverlapCompleted`. */
export function sharedIndex(completed: string, failed: string, completions: number): number | undefined {
  const left = intervalsOf(completed, completions);
  const right = intervalsOf(failed, completions);
  let [at, other] = [0, 0];
  for (;;) {
    const [mine, theirs] = [left[at], right[other]];
    if (mine === undefined || theirs === undefined) return undefined;
    if (mine[0] <= theirs[1] && theirs[0] <= mine[1]) return Math.max(mine[0], theirs[0]);
    if (mine[0] <= theirs[0]) at++;
    else other++;
  }
}
