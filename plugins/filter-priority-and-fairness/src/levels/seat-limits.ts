import type { LevelSettings } from "../objects/level-settings.js";

/** The part of its own seats that one request may take. */
const WIDEST = 0.15;

/** The seats of a level as its settings and those of all others give them. */
export interface SeatLimits {
  /** Its own. */
  readonly nominal: number;
  /** What is left when others have borrowed all that it lends. */
  readonly lower: number;
  /** What it has when it has borrowed all that it may. */
  readonly upper: number;
  /** The most that a list or a write may be thought to take. */
  readonly widest: number;
}

/** A level's limits: `shares` is the sum of the shares of all levels. */
export function seatLimits(settings: LevelSettings, totalConcurrency: number, shares: number): SeatLimits {
  const nominal = shares === 0 ? 0 : Math.ceil((totalConcurrency * settings.shares) / shares);
  const lendable = Math.round((nominal * settings.lendablePercent) / 100);
  const { borrowingLimitPercent: percent, queueing } = settings;
  const borrowed = percent === undefined ? totalConcurrency : Math.round((nominal * percent) / 100);
  const narrow = queueing === undefined ? Number.POSITIVE_INFINITY : Math.floor(nominal / queueing.handSize);
  return {
    nominal,
    lower: nominal - lendable,
    upper: nominal + borrowed,
    widest:
      queueing === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Math.min(Math.ceil(nominal * WIDEST), narrow)),
  };
}
