/** One that seats are given to. */
export interface SeatClaim {
  /** What it would like: at least `lower`. */
  readonly target: number;
  readonly lower: number;
  readonly upper: number;
}

const LEAST_TARGET = 0.001;
const PRECISION = 1e-7;
/** Enough to halve any range down to the precision of a double. */
const STEPS = 200;

/** What the claims get when each gets the same fraction of its target, within its bounds. */
function allocations(claims: readonly SeatClaim[], fraction: number): number[] {
  return claims.map(({ target, lower, upper }) =>
    Math.max(lower, Math.min(upper, Math.max(target, LEAST_TARGET) * fraction)),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * Divides seats so that they add up to `total`, everybody gets the same fraction of its target, and nobody less than its
 * lower or more than its upper bound; upstream's max-min fair allocation. Undefined when the bounds leave no such way.
 */
export function allocateSeats(total: number, claims: readonly SeatClaim[]): readonly number[] | undefined {
  const lowest = sum(claims.map(({ lower }) => lower));
  const highest = sum(claims.map(({ upper }) => upper));
  if (lowest - total > PRECISION || total - highest > PRECISION) return undefined;
  let low = 0;
  let high = Math.max(1, ...claims.map(({ target, upper }) => upper / Math.max(target, LEAST_TARGET)));
  // The sum grows with the fraction, so the right one is found by halving.
  for (let step = 0; step < STEPS && high - low > Number.EPSILON * high; step++) {
    const middle = (low + high) / 2;
    if (sum(allocations(claims, middle)) < total) low = middle;
    else high = middle;
  }
  return allocations(claims, high);
}
