/** The time, and what happens later. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once; the function that it returns prevents that. */
  later(callback: () => void, milliseconds: number): () => void;
}

/** The machine's clock; what is to happen later keeps no process alive. */
export const SYSTEM_CLOCK: Clock = {
  now: Date.now,
  later(callback, milliseconds) {
    const timer = setTimeout(callback, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};
