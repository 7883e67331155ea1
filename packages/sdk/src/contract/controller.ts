/** What a controller is told of its term. */
export interface ControllerTerm {
  /** Other servers may write to the same storage, so that what this one knows may be a moment old. */
  readonly shared: boolean;
}

/**
 * Work beside the requests, contract version 1: it brings what is stored to what it should be, level by level, and does
 * nothing outside its terms. A term begins with `start`, when all caches are filled and the objects that must exist are
 * there, and ends with `stop`; there may be any number of them, one after the other, on one instance. Where several servers
 * share a store only the one that holds the controller's lease has a term, but an old term may still be ending elsewhere, so
 * writes must be safe to make twice: by preconditions, or on what was read.
 */
export interface Controller {
  /** Each server has work of its own: the controller is not elected, and has one term on every server that names it. */
  readonly everyServer?: boolean;
  /** The server is ready only when the first term has begun, unless it has to be elected first. */
  start(term: ControllerTerm): void | Promise<void>;
  /** Resolves when nothing of the term runs any more: no timer, no observer, no request. Also called after a failed `start`. */
  stop(): void | Promise<void>;
}
