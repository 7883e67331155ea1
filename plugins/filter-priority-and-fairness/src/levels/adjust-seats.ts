import { allocateSeats } from "./allocate-seats.js";
import type { PriorityLevel } from "./priority-level.js";

/** The seats that a level has need of whatever others want: what it used, up to its own, and never less than it keeps. */
function needed({ limits, demand }: PriorityLevel): number {
  return Math.max(limits.lower, Math.min(limits.nominal, demand.highWatermark));
}

/**
 * Lends seats from levels that do not need theirs to those that do, by the demand of the period that ends now; upstream's
 * dynamic borrowing. The exempt level takes first, as many as it used.
 */
export function adjustSeats(levels: readonly PriorityLevel[], now: number): void {
  for (const level of levels) level.demand.conclude(now);
  let seats = levels.reduce((total, { limits }) => total + limits.nominal, 0);
  const total = seats;
  const limited: PriorityLevel[] = [];
  for (const level of levels) {
    if (!level.settings.exempt) {
      limited.push(level);
      continue;
    }
    const taken = Math.max(level.limits.lower, level.demand.highWatermark);
    seats -= taken;
    level.setLimit(taken, now);
  }
  const kept = limited.reduce((sum, { limits }) => sum + limits.lower, 0);
  const wanted = limited.reduce((sum, level) => sum + needed(level), 0);
  if (seats <= kept) {
    for (const level of limited) level.setLimit(level.limits.lower, now);
  } else if (seats <= wanted) {
    const part = (seats - kept) / (wanted - kept);
    for (const level of limited) {
      const { lower } = level.limits;
      level.setLimit(lower + Math.round((needed(level) - lower) * part), now);
    }
  } else {
    const claims = limited.map((level) => {
      const lower = needed(level);
      return { lower, upper: level.limits.upper, target: Math.max(lower, level.demand.smoothed) };
    });
    const given = allocateSeats(total, claims);
    for (const [index, level] of limited.entries())
      level.setLimit(Math.round(given?.[index] ?? level.currentLimit), now);
  }
}
