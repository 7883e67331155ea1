/** How long things take in an election, in milliseconds. */
export interface ElectionTiming {
  /** How long others leave a lease alone that nobody renews. */
  readonly leaseDuration: number;
  /** How long the holder tries to renew it before it gives up; shorter than the lease lasts. */
  readonly renewDeadline: number;
  /** Between two attempts. */
  readonly retryPeriod: number;
}

/** Upstream's figures, the defaults of its controller manager. */
export const ELECTION_TIMING: ElectionTiming = Object.freeze({
  leaseDuration: 15_000,
  renewDeadline: 10_000,
  retryPeriod: 2_000,
});
