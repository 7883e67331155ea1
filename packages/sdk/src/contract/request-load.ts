/**
 * What flow control hears of a request that it let in, beside its end. Handlers call it, when a filter has put one in
 * the state of the request; every call is cheap and may come at any time.
 */
export interface RequestLoad {
  /** A watch has told what it begins with: from now on it costs no more than what happens. */
  initialised(): void;
  /** The request waits for its client: for a body that has not come, or for the connection to take more of the answer. */
  waiting(): void;
  /** What it waited for is there. */
  resumed(): void;
}
