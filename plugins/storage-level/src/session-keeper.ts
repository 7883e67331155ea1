import { type Logger, type StorageEvent, StorageUnavailableError } from "@quarterdeck/sdk";
import { readLog } from "./event-log.js";
import type { FirstRead } from "./first-read.js";
import { accessError, StorageDamagedError } from "./open-errors.js";
import type { OpenStore } from "./open-store.js";
import { openSession, type Session, type SessionOptions, startSession } from "./session.js";
import { markFolder } from "./store-folder.js";

/** How long to leave a folder alone after it failed, before it is opened again. */
const REOPEN_DELAY = 1000;

/** What a keeper needs from its owner. */
export interface KeeperOptions extends SessionOptions {
  readonly logger: Logger;
  /** A session has begun, with an index of its own. */
  readonly onSession: (session: Session) => void;
  /** After a failed write: these were on disk all the same. */
  readonly onFound: (events: readonly StorageEvent[], revision: number) => void;
}

/** Keeps a session open: opens the folder again after a failed write, and lends it to one user at a time. */
export class SessionKeeper {
  #session: Session | undefined;
  #recovery: Promise<Session> | undefined;
  #recoverAt = 0;
  #lent: Promise<void> | undefined;
  #marking: Promise<void> = Promise.resolve();

  constructor(private readonly options: KeeperOptions) {}

  /** The session when it can be written to right away. */
  get ready(): Session | undefined {
    return this.#session?.store.failure === undefined ? this.#session : undefined;
  }

  async open(firstRead: FirstRead): Promise<void> {
    this.#enter(await openSession({ ...this.options, firstRead }));
  }

  /** Ends the session when all that is under way is on disk; `onIdle` is called before the rest is taken down. */
  async close(onIdle: () => void): Promise<void> {
    await this.#lent?.catch(() => {});
    await this.#recovery?.catch(() => {});
    const session = this.#session;
    this.#session = undefined;
    if (session !== undefined) {
      await session.queue.idle();
      onIdle();
      await session.compaction.stop();
      await session.store.database.close();
      await this.#marking.catch(() => {});
      if (session.store.failure === undefined) {
        await markFolder(this.options.path, { revision: session.store.revision, closed: true });
      }
    }
  }

  /** Notes the revision beside the database, one note after the other; once it is being closed that has its own. */
  mark(): Promise<void> {
    const session = this.#session;
    if (session !== undefined) {
      this.#marking = this.#marking
        .catch(() => {})
        .then(() => markFolder(this.options.path, { revision: session.store.revision, closed: false }));
    }
    return this.#marking;
  }

  /** The store for reads: after a failed write it stays readable until it is opened again. */
  async readable(): Promise<OpenStore> {
    const session = this.#session;
    return session?.store.database.status === "open" ? session.store : (await this.writable()).store;
  }

  /** The session for writes; opens the folder again when the last write failed. */
  async writable(): Promise<Session> {
    const session = this.#session;
    if (session === undefined) {
      throw new StorageUnavailableError(`the storage is ${this.#lent === undefined ? "not open" : "being restored"}`);
    }
    if (session.store.failure === undefined) {
      return session;
    }
    this.#recovery ??= this.#recover(session, session.store.failure).finally(() => {
      this.#recovery = undefined;
    });
    return this.#recovery;
  }

  /** Gives the session to one user, who answers with the store that is to go on; nobody else has one meanwhile. */
  replace(work: (session: Session) => Promise<OpenStore>): Promise<void> {
    if (this.#lent !== undefined) {
      return Promise.reject(new StorageUnavailableError("the storage is being restored"));
    }
    const lent = this.#lend(work).finally(() => {
      this.#lent = undefined;
    });
    this.#lent = lent;
    return lent;
  }

  async #lend(work: (session: Session) => Promise<OpenStore>): Promise<void> {
    const session = await this.writable();
    while (session.queue.busy) {
      await session.queue.idle();
    }
    if (session.store.failure !== undefined) {
      throw session.store.failure;
    }
    this.#session = undefined;
    try {
      const store = await work(session);
      await session.compaction.stop();
      this.#enter(startSession(store, this.options));
    } finally {
      this.#session ??= session;
    }
  }

  /**
   * Opens the folder again after a failed write. LevelDB cannot go on: the end of its log is undefined, and what it
   * would write behind it could be lost at the next start. The failed commits may turn out to be on disk.
   */
  async #recover(failed: Session, failure: Error): Promise<Session> {
    if (performance.now() < this.#recoverAt) {
      throw failure;
    }
    this.#recoverAt = performance.now() + REOPEN_DELAY;
    const { logger } = this.options;
    try {
      await failed.compaction.stop();
      await failed.store.database.close();
      const session = await openSession(this.options);
      const { database, revision } = session.store;
      const known = failed.store.revision;
      if (revision < known) {
        throw new StorageDamagedError(`revision ${known} was acknowledged and is not on disk`);
      }
      for await (const events of readLog(database, { prefix: "", after: known, upTo: revision })) {
        this.options.onFound(events, events.at(-1)?.revision ?? known);
      }
      this.#enter(session);
      logger.info("the storage works again", { revision });
      return session;
    } catch (error) {
      logger.error("the storage could not be opened again", { error });
      throw accessError(error);
    }
  }

  #enter(session: Session): void {
    this.#session = session;
    this.options.onSession(session);
    session.compaction
      .resume()
      .catch((error: unknown) => this.options.logger.warn("history was not forgotten", { error }));
  }
}
