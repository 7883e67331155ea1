import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateSeats } from "./allocate-seats.js";

const claim = fc
  .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
  .map(([lower, more, room]) => ({ lower, target: lower + more, upper: lower + room }));

describe("allocateSeats", () => {
  it("gives in proportion to the targets when no bound is in the way", () => {
    const free = { lower: 0, upper: 1000 };
    expect(
      allocateSeats(90, [
        { ...free, target: 1 },
        { ...free, target: 2 },
      ])?.map(Math.round),
    ).toEqual([30, 60]);
  });

  it("keeps to the bounds and gives the rest to the others", () => {
    const claims = [
      { target: 10, lower: 10, upper: 12 },
      { target: 10, lower: 0, upper: 1000 },
    ];
    expect(allocateSeats(100, claims)?.map(Math.round)).toEqual([12, 88]);
    expect(allocateSeats(5, claims)).toBeUndefined();
    expect(allocateSeats(5000, claims)).toBeUndefined();
  });

  it("always adds up, and never breaks a bound", () => {
    fc.assert(
      fc.property(
        fc.array(claim, { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (claims, part) => {
          const lowest = claims.reduce((sum, { lower }) => sum + lower, 0);
          const highest = claims.reduce((sum, { upper }) => sum + upper, 0);
          const total = Math.round(lowest + (highest - lowest) * part);
          const given = allocateSeats(total, claims) ?? [];
          expect(given.reduce((sum, seats) => sum + seats, 0)).toBeCloseTo(total, 3);
          for (const [index, { lower, upper }] of claims.entries()) {
            expect(given[index]).toBeGreaterThanOrEqual(lower);
            expect(given[index]).toBeLessThanOrEqual(upper);
          }
        },
      ),
    );
  });
});
