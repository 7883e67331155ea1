import { createHash } from "node:crypto";

/** A hash of a flow: 64 bits, as upstream makes them, so that the same flows share queues there and here. */
export function flowHash(schema: string, distinguisher: string): bigint {
  return createHash("sha256").update(schema).update("\0").update(distinguisher).digest().readBigUInt64LE();
}

/**
 * Deals hands of different cards, each possible hand as often as any other; upstream's shufflesharding. Two flows rarely
 * have the same hand, so one that floods all queues of its own leaves the other one at least.
 */
export class Dealer {
  constructor(
    private readonly deckSize: number,
    private readonly handSize: number,
  ) {}

  /** The hand of a hash: `handSize` different numbers below `deckSize`. */
  deal(hash: bigint): readonly number[] {
    const remainders: number[] = [];
    let rest = hash;
    for (let dealt = 0; dealt < this.handSize; dealt++) {
      const left = BigInt(this.deckSize - dealt);
      remainders.push(Number(rest % left));
      rest /= left;
    }
    // Each remainder counts the cards that are left; the dealt ones below it are to be skipped.
    return remainders.map((remainder, index) => {
      let card = remainder;
      for (let before = index; before > 0; before--) if (card >= (remainders[before - 1] ?? 0)) card++;
      return card;
    });
  }
}
