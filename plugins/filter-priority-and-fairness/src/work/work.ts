/** What a request is expected to cost. */
export interface Work {
  /** Seats that it takes while it executes. */
  readonly initialSeats: number;
  /** Seats that it takes for a while longer, for what its event costs watchers. */
  readonly finalSeats: number;
  /** Milliseconds of that while. */
  readonly additionalLatency: number;
}

/** What most requests cost. */
export const ONE_SEAT: Work = Object.freeze({ initialSeats: 1, finalSeats: 0, additionalLatency: 0 });

/** How long a request is thought to execute until it is known, in milliseconds. */
export const ESTIMATED_SERVICE = 3;

/** The whole of it: seats × milliseconds. */
export function totalWork({ initialSeats, finalSeats, additionalLatency }: Work): number {
  return initialSeats * ESTIMATED_SERVICE + finalSeats * additionalLatency;
}
