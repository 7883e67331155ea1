/** The random choices of one case, made from one seed: the case can be had again. */
export class Random {
  readonly #next: () => number;

  constructor(seed: number) {
    // The generator of Tommy Ettinger known as mulberry32: good enough to pick test cases, and short.
    let state = seed | 0;
    this.#next = () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
  }

  /** A whole number from 0 up to, not including, the limit. */
  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  pick<T>(choices: readonly [T, ...T[]] | readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new Error("nothing to pick from");
    return choice;
  }

  /** Some of the choices, at least so many, in a random order. */
  some<T>(choices: readonly T[], atLeast = 0): T[] {
    const left = [...choices];
    const taken: T[] = [];
    const count = atLeast + this.below(Math.max(1, choices.length - atLeast + 1));
    while (taken.length < count && left.length > 0) taken.push(...left.splice(this.below(left.length), 1));
    return taken;
  }
}
