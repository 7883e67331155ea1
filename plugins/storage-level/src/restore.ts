import { StorageNotEmptyError, type StorageSnapshot } from "@quarterdeck/sdk";
import { emptyStore, fillStore } from "./fill-store.js";
import { accessError } from "./open-errors.js";
import type { OpenStore } from "./open-store.js";
import type { Session } from "./session.js";

/** Throws for a store that anything was ever written to. */
export function assertAsNew({ revision, compacted }: OpenStore, path: string): void {
  if (revision > 1 || compacted > 0) {
    throw new StorageNotEmptyError(`the storage folder ${path} is not as new, it stands at revision ${revision}`);
  }
}

/** Fills the store of a session, which nobody else may use meanwhile; when that fails it is as new again. */
export async function restoreStore(
  { store, queue }: Session,
  snapshot: StorageSnapshot,
  maxValueBytes: number,
): Promise<OpenStore> {
  const { database } = store;
  const { revision } = snapshot;
  const guard = async (write: () => Promise<void>): Promise<void> => {
    try {
      await write();
    } catch (error) {
      queue.fail(error);
      throw accessError(error);
    }
  };
  try {
    const index = await fillStore(database, snapshot, { maxValueBytes, guard });
    return { database, index, revision, compacted: revision, failure: undefined };
  } catch (error) {
    if (store.failure === undefined) {
      await guard(() => emptyStore(database)).catch(() => {});
    }
    // After a failed write the next opening empties it.
    throw error;
  }
}
