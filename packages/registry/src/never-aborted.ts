import { setMaxListeners } from "node:events";

/** The signal of requests that nobody gives up. */
export const NEVER_ABORTED: AbortSignal = new AbortController().signal;

// Each read that waits for the storage listens to it, which is no leak.
setMaxListeners(0, NEVER_ABORTED);
