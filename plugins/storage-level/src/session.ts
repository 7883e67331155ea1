import { CommitQueue, type DurableListener } from "./commit-queue.js";
import { Compaction } from "./compaction.js";
import type { Database } from "./database.js";
import type { FirstRead } from "./first-read.js";
import { loadStore } from "./load-store.js";
import { openError } from "./open-errors.js";
import type { OpenStore } from "./open-store.js";
import { inspectFolder, markFolder } from "./store-folder.js";
import { assertGone, findBrokenTables } from "./table-check.js";

/** An open store and those who work on it, from one opening of the database to its end or first failed write. */
export interface Session {
  readonly store: OpenStore;
  readonly queue: CommitQueue;
  readonly compaction: Compaction;
}

/** What a session needs from its owner. */
export interface SessionOptions {
  readonly path: string;
  connect(): Promise<Database>;
  /** Gets the newest entries; absent when a folder is opened again that was open, and whole, a moment ago. */
  readonly firstRead?: FirstRead | undefined;
  readonly onDurable: DurableListener;
  readonly onFailure: (error: Error) => void;
}

/** Opens the folder and checks it; every failure is one clear error and leaves the folder as it was. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { path } = options;
  let database: Database | undefined;
  try {
    const mark = await inspectFolder(path);
    // LevelDB cannot be trusted with a wrong byte, and may have been ended by one.
    const suspect = mark !== undefined && !mark.closed && options.firstRead !== undefined;
    const broken = suspect ? await findBrokenTables(path) : [];
    database = await options.connect();
    await assertGone(path, broken);
    if (mark?.closed === true) {
      await markFolder(path, { ...mark, closed: false });
    }
    const store = await loadStore(database, { path, noted: mark?.revision, firstRead: options.firstRead });
    if (mark === undefined) {
      await markFolder(path, { revision: store.revision, closed: false });
    }
    return startSession(store, options);
  } catch (error) {
    await database?.close();
    throw openError(path, error);
  }
}

/** Puts an open store to work. */
export function startSession(store: OpenStore, options: Pick<SessionOptions, "onDurable" | "onFailure">): Session {
  const queue = new CommitQueue(store, options.onDurable, options.onFailure);
  const compaction = new Compaction(store, (error) => queue.fail(error));
  return { store, queue, compaction };
}
