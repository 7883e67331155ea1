/** Lines that stand in both texts one after the other. */
export interface MatchingBlock {
  /** Where they begin in the first text, counted from 0. */
  readonly before: number;
  readonly after: number;
  readonly length: number;
}

/** Part of both texts. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** Comparisons of lines after which the rest counts as changed. */
const MOST_PAIRS = 4_000_000;
/** Of so many lines on, those that stand for more than a hundredth of all are looked for only beside others. */
const MANY_LINES = 200;

/** Finds what two texts have alike as Python's difflib does, and go-difflib after it, which upstream prints differences with. */
class Matcher {
  readonly #places = new Map<string, number[]>();
  #pairs = 0;

  constructor(
    readonly before: readonly string[],
    readonly after: readonly string[],
  ) {
    for (const [index, line] of after.entries()) {
      const places = this.#places.get(line);
      if (places === undefined) this.#places.set(line, [index]);
      else places.push(index);
    }
    if (after.length < MANY_LINES) return;
    const most = Math.floor(after.length / 100) + 1;
    for (const [line, places] of this.#places) if (places.length > most) this.#places.delete(line);
  }

  /** The longest run of lines that are alike, of more than one the first. */
  #longest({ from, to, start, end }: Stretch): MatchingBlock {
    let best = { before: from, after: start, length: 0 };
    let ending = new Map<number, number>();
    for (let at = from; at < to && this.#pairs < MOST_PAIRS; at++) {
      const now = new Map<number, number>();
      for (const place of this.#places.get(this.before[at] ?? "") ?? []) {
        this.#pairs++;
        if (place < start) continue;
        if (place >= end) break;
        const length = (ending.get(place - 1) ?? 0) + 1;
        now.set(place, length);
        if (length > best.length) best = { before: at - length + 1, after: place - length + 1, length };
      }
      ending = now;
    }
    return this.#widened(best, { from, to, start, end });
  }

  #widened({ before, after, length }: MatchingBlock, { from, to, start, end }: Stretch): MatchingBlock {
    let [left, right] = [0, length];
    const same = (offset: number): boolean => this.before[before + offset] === this.after[after + offset];
    while (before - left > from && after - left > start && same(-left - 1)) left++;
    while (before + right < to && after + right < end && same(right)) right++;
    return { before: before - left, after: after - left, length: left + right };
  }

  /** In order; without recursion, since texts may differ in many places. */
  blocks(): MatchingBlock[] {
    const found: MatchingBlock[] = [];
    const open: Stretch[] = [{ from: 0, to: this.before.length, start: 0, end: this.after.length }];
    for (let stretch = open.pop(); stretch !== undefined; stretch = open.pop()) {
      const { from, to, start, end } = stretch;
      const block = this.#longest(stretch);
      if (block.length === 0) continue;
      found.push(block);
      if (from < block.before && start < block.after) open.push({ from, to: block.before, start, end: block.after });
      const [next, nextAfter] = [block.before + block.length, block.after + block.length];
      if (next < to && nextAfter < end) open.push({ from: next, to, start: nextAfter, end });
    }
    return found.sort((left, right) => left.before - right.before);
  }
}

/** What stands in both texts, in order: the longest run of lines, then the same of what is before it and of what is behind it. */
export function matchingBlocks(before: readonly string[], after: readonly string[]): MatchingBlock[] {
  return new Matcher(before, after).blocks();
}
