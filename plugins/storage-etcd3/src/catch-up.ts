import { CompactedError, type StorageEvent, StorageUnavailableError } from "@quarterdeck/sdk";
import { accessError, callFailure } from "./access-errors.js";
import type { LiveWatch } from "./live-watch.js";

/** How often history is read on from where the last attempt came to, without getting any further. */
const ATTEMPTS = 3;

/** Reads history after a revision, and resolves with the one that it has come to. */
export type ReadHistory = (
  after: number,
  onEvents: (events: readonly StorageEvent[], revision: number) => void,
) => Promise<number>;

/** Tells a watch the history from its position on, through broken streams too. */
export async function catchUp(watch: LiveWatch, read: ReadHistory, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const before = watch.position;
    try {
      watch.deliver([], await read(before, (events, revision) => watch.deliver(events, revision)));
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (CompactedError.is(error) || (watch.position === before && attempt >= ATTEMPTS)) {
        throw historyError(error);
      }
    }
  }
}

function historyError(error: unknown): Error {
  if (CompactedError.is(error) || StorageUnavailableError.is(error)) {
    return error;
  }
  return callFailure(error) === undefined
    ? new StorageUnavailableError("the history of etcd cannot be read at present", { cause: error })
    : accessError(error, "the member that is watched");
}
