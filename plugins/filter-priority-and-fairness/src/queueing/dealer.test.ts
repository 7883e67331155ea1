import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Dealer, flowHash } from "./dealer.js";

describe("Dealer", () => {
  it("deals different cards of the deck", () => {
    const deck = fc.integer({ min: 1, max: 512 });
    fc.assert(
      fc.property(
        deck,
        fc.integer({ min: 1, max: 6 }),
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        (size, hand, hash) => {
          const cards = new Dealer(size, Math.min(hand, size)).deal(hash);
          expect(new Set(cards).size).toBe(Math.min(hand, size));
          for (const card of cards) expect(card >= 0 && card < size).toBe(true);
        },
      ),
    );
  });

  it("deals each hand as often as any other", () => {
    const dealer = new Dealer(5, 3);
    const counts = new Map<string, number>();
    for (let hash = 0n; hash < 60n * 4n; hash++) {
      const hand = dealer.deal(hash).join();
      counts.set(hand, (counts.get(hand) ?? 0) + 1);
    }
    expect(counts.size).toBe(60);
    expect(new Set(counts.values())).toEqual(new Set([4]));
  });

  it("gives two flows hands that differ, and one flow always the same", () => {
    const dealer = new Dealer(128, 6);
    const hands = Array.from({ length: 200 }, (_one, index) =>
      dealer.deal(flowHash("global-default", `user-${index}`)),
    );
    expect(dealer.deal(flowHash("global-default", "user-7"))).toEqual(hands[7]);
    expect(new Set(hands.map((hand) => [...hand].sort().join())).size).toBe(200);
    expect(flowHash("a", "bc")).not.toBe(flowHash("ab", "c"));
  });
});
