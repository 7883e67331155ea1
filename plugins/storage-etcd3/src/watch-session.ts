import { setTimeout as sleep } from "node:timers/promises";
import {
  CompactedError,
  type Logger,
  type StorageEvent,
  StorageUnavailableError,
  type StorageWatch,
  type StorageWatchOptions,
} from "@quarterdeck/sdk";
import { callFailure, StoreReplacedError } from "./access-errors.js";
import { catchUp, type ReadHistory } from "./catch-up.js";
import type { EtcdCluster } from "./etcd-cluster.js";
import type { EtcdMember } from "./etcd-member.js";
import { EtcdWatcher } from "./etcd-watcher.js";
import { Gate } from "./gate.js";
import type { KeyRange, KeySpace } from "./key-space.js";
import { LiveWatch } from "./live-watch.js";
import { ProgressRequests } from "./progress-requests.js";
import { replay } from "./watch-replay.js";
import { openSource, type WatchSource } from "./watch-source.js";
import type { EtcdHeader } from "./wire/kv-messages.js";

const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 1000;
const NO_EVENTS: readonly StorageEvent[] = [];

/** A watch that still reads history, and what was told live meanwhile. */
interface Replaying {
  readonly live: { readonly events: readonly StorageEvent[]; readonly revision: number }[];
  readonly abort: AbortController;
}

/**
 * The one etcd watcher that feeds all watches of the store. When its stream breaks it is resumed behind the last
 * revision that was told. Watches that begin in the past read history by a watcher of their own, then join.
 */
export class WatchSession {
  readonly #watches = new Set<LiveWatch>();
  readonly #replaying = new Set<Replaying>();
  readonly #closing = new AbortController();
  readonly #gate = new Gate();
  readonly #progress = new ProgressRequests((wanted) => this.#ask(wanted));
  #revision = 0;
  #clusterId = 0n;
  #source: WatchSource | undefined;
  #watcher: EtcdWatcher | undefined;
  /** The next state of etcd is to be followed, whatever it is: what was followed so far is lost. */
  #lost = false;

  constructor(
    private readonly cluster: EtcdCluster,
    private readonly keys: KeySpace,
    private readonly timeoutMilliseconds: number,
    private readonly logger: Logger,
  ) {
    cluster.onLeave = (member) => this.#abandon(member);
  }

  /** All events up to here were told. */
  get revision(): number {
    return this.#revision;
  }

  /** Begins to follow etcd from the state that a read has shown; rejects when that is not possible. */
  async open({ revision, clusterId }: EtcdHeader): Promise<void> {
    this.#revision = revision;
    this.#clusterId = clusterId;
    await this.#follow(this.#revision + 1);
  }

  /** Sees to it that all watches are told that they stand at this revision, soon. */
  expect(revision: number): void {
    if (revision > this.#revision) {
      this.#progress.want(revision);
    }
  }

  async watch(options: StorageWatchOptions): Promise<StorageWatch> {
    while (this.#source === undefined) {
      await this.#connected();
    }
    const watch = new LiveWatch(options, this.logger);
    // A fresh etcd is at revision 1, which has no event.
    if (options.after >= this.#revision || this.#revision === 1) {
      this.#watches.add(watch);
    } else {
      await this.#join(watch);
    }
    return {
      close: () => {
        watch.close();
        this.#watches.delete(watch);
      },
    };
  }

  /** Reads a part of the history at the member that is followed; `until` must not lie behind {@link revision}. */
  async history(
    range: KeyRange | undefined,
    prefix: string,
    bounds: { readonly after: number; readonly until: number; readonly signal?: AbortSignal },
    onEvents: (events: readonly StorageEvent[], revision: number) => void,
  ): Promise<number> {
    await this.#connected();
    const { member, span } = this.#source ?? (await openSource(this.cluster, this.keys));
    const stream = await member.openWatch();
    return replay({
      source: { member, span, stream },
      keys: this.keys,
      range: range ?? span.range(prefix),
      after: bounds.after,
      until: bounds.until,
      silenceMilliseconds: this.timeoutMilliseconds,
      signal: bounds.signal ?? this.#closing.signal,
      onEvents,
    });
  }

  close(): void {
    this.#closing.abort();
    this.#progress.stop();
    this.#watcher?.close();
    for (const watch of this.#watches) {
      watch.close();
    }
    this.#watches.clear();
    this.#fail(new StorageUnavailableError("the storage was closed"));
    this.#gate.open();
  }

  /** Reads history for a watch, then lets it join those that are told of every revision. */
  async #join(watch: LiveWatch): Promise<void> {
    const replaying: Replaying = { live: [], abort: new AbortController() };
    this.#replaying.add(replaying);
    try {
      const { signal } = replaying.abort;
      const until = this.#revision;
      const read: ReadHistory = (after, onEvents) =>
        this.history(undefined, watch.prefix, { after, until, signal }, onEvents);
      await catchUp(watch, read, signal);
      for (const { events, revision } of replaying.live) {
        watch.deliver(events, revision);
      }
      if (!watch.over) {
        this.#watches.add(watch);
      }
    } finally {
      this.#replaying.delete(replaying);
    }
  }

  /** Opens a stream and resolves once etcd has accepted the watcher. */
  async #follow(start: number): Promise<void> {
    const source = await openSource(this.cluster, this.keys);
    await new Promise<void>((resolve, reject) => {
      const refuse = (error: Error): void => {
        clearTimeout(timer);
        watcher.close();
        reject(error);
      };
      const watcher = new EtcdWatcher(source.stream, this.keys, {
        onCreated: () => {
          clearTimeout(timer);
          this.#source = source;
          this.#watcher = watcher;
          this.#gate.open();
          resolve();
        },
        onEvents: (events, revision) => this.#deliver(events, revision),
        onProgress: (revision) => this.#deliver(NO_EVENTS, revision),
        onCompacted: (compacted) => {
          const error = new CompactedError(this.#revision, compacted);
          // First, so that nobody joins before it is known where to go on.
          this.#broken(error);
          this.#lose(error);
        },
        onBroken: (error) => (this.#watcher === watcher ? this.#broken(error) : refuse(error)),
      });
      const timer = setTimeout(
        () => refuse(new Error("etcd did not accept the watch in time")),
        this.timeoutMilliseconds,
      );
      watcher.begin(source.span.range(""), start);
      if (this.#closing.signal.aborted) {
        refuse(new Error("the storage was closed"));
      }
    });
    this.#progress.again();
  }

  #deliver(events: readonly StorageEvent[], revision: number): void {
    if (revision <= this.#revision) {
      return;
    }
    this.#revision = revision;
    for (const replaying of this.#replaying) {
      replaying.live.push({ events, revision });
    }
    for (const watch of this.#watches) {
      watch.deliver(events, revision);
      if (watch.over) {
        this.#watches.delete(watch);
      }
    }
  }

  #abandon(member: EtcdMember): void {
    if (this.#source?.member === member) {
      this.#watcher?.close();
      this.#broken(new Error("the member did not answer another request"));
    }
  }

  #broken(error: Error): void {
    if (this.#source === undefined || this.#closing.signal.aborted) {
      return;
    }
    const { endpoint } = this.#source.member;
    this.#source = undefined;
    this.#watcher = undefined;
    this.logger.warn("the watch of etcd broke and is resumed", {
      endpoint,
      error: callFailure(error)?.details ?? error,
    });
    void this.#recover();
  }

  async #recover(): Promise<void> {
    for (let pause = FIRST_PAUSE; !this.#closing.signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        // A read that needs the leader: it also renews the token, and finds a member that answers.
        this.#check(await this.cluster.head(this.keys.probe));
        const { member } = this.cluster;
        await this.#follow(Math.max(1, this.#revision)).catch((error: unknown) => {
          this.cluster.leave(member);
          throw error;
        });
        this.logger.info("the watch of etcd is resumed", { revision: this.#revision });
        return;
      } catch (error) {
        this.logger.debug("the watch of etcd is not resumed yet", { error: callFailure(error)?.details ?? error });
      }
      await sleep(pause, undefined, { signal: this.#closing.signal, ref: false }).catch(() => {});
    }
  }

  /** Whether this is still the etcd that was followed. */
  #check({ revision: now, clusterId }: EtcdHeader): void {
    if (now < this.#revision) {
      this.#lose(new StoreReplacedError(`etcd went back from revision ${this.#revision} to ${now}`));
    } else if (clusterId !== this.#clusterId) {
      // Another cluster, such as one that was restored from a backup: what it did up to now is not known.
      this.#lose(new CompactedError(this.#revision, now));
    }
    if (this.#lost) {
      this.#lost = false;
      this.#revision = now;
      this.#clusterId = clusterId;
      this.#progress.forget();
    }
  }

  /** What is to come next is unknown: all watches end. */
  #lose(error: Error): void {
    this.#lost = true;
    this.logger.error("the watches of the storage end", { error });
    const watches = [...this.#watches];
    this.#watches.clear();
    this.#fail(error);
    for (const watch of watches) {
      watch.end(error);
    }
  }

  #fail(error: Error): void {
    for (const { abort } of this.#replaying) {
      abort.abort(error);
    }
  }

  #ask(wanted: number): boolean {
    const behind = wanted > this.#revision && this.#source?.span.progress === true;
    if (behind) this.#watcher?.askForProgress();
    return behind;
  }

  async #connected(): Promise<void> {
    const deadline = performance.now() + this.timeoutMilliseconds;
    while (this.#source === undefined) {
      const left = deadline - performance.now();
      if (left <= 0 || this.#closing.signal.aborted) {
        throw new StorageUnavailableError("etcd cannot be watched at present");
      }
      await this.#gate.wait(left);
    }
  }
}
