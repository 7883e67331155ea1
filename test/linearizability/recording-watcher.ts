import { setTimeout as sleep } from "node:timers/promises";
import { type ApiClient, ConnectionLost, Refused } from "../process/api-client.js";
import { type Collection, type LoadObject, sightOf } from "../process/collection.js";
import type { History } from "./history.js";

interface WatchEvent {
  readonly type: string;
  readonly object: LoadObject;
}

/** What a watcher watches, and how. */
export interface WatcherScope {
  readonly watcher: string;
  readonly collection: Collection;
  readonly after: number;
  readonly name?: string;
  readonly side?: string;
  readonly initial: boolean;
}

const INITIAL_EVENTS_END = "k8s.io/initial-events-end";
const RETRY = 50;
/** Connections are short, so that they end while much is written, each by a bookmark that says where to go on. */
const SHORT_SECONDS = 5;
/** After an answer that must not be: the history is refused anyway, and need not be long. */
const REPENTANCE = 5000;
/** How long a watcher may take to reach the last write once nothing disturbs it any more. */
const PATIENCE = 60_000;

/** A watcher that connects again whenever its connection ends, from the last revision that it was told. */
export class RecordingWatcher {
  #revision: number;
  /** Whether the present connection has told what it starts from. */
  #initialEnded = false;
  #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly scope: WatcherScope,
    private readonly server: ApiClient,
    private readonly history: History,
  ) {
    this.#revision = scope.after;
    const { collection, ...line } = scope;
    history.write({ kind: "watcher", resource: collection.resource, ...line });
  }

  start(): void {
    this.#running = this.#follow(this.#stop.signal);
  }

  /** Ends once everything up to the revision was told; what is missing then is for the checker to find. */
  async finish(revision: number): Promise<void> {
    this.#stop.abort();
    await this.#running;
    const deadline = performance.now() + PATIENCE;
    while (this.#revision < revision && performance.now() < deadline) await this.#connect(1);
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) await this.#connect(SHORT_SECONDS, signal);
  }

  async #connect(seconds: number, signal?: AbortSignal): Promise<void> {
    this.#record("CONNECT", this.#revision);
    if (this.scope.initial) this.#revision = this.scope.after;
    this.#initialEnded = !this.scope.initial;
    try {
      const path = `${this.#path()}&timeoutSeconds=${seconds}`;
      for await (const event of this.server.lines<WatchEvent>(path, signal)) await this.#told(event);
    } catch (error) {
      if (!(error instanceof ConnectionLost || error instanceof Refused)) throw error;
      if (error instanceof Refused && ![429, 503, 504].includes(error.status)) await this.#violation(error.message);
      await sleep(RETRY);
    }
  }

  #path(): string {
    const { collection, name, side, initial } = this.scope;
    const start = initial
      ? "sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
      : `resourceVersion=${this.#revision}`;
    const fields = name === undefined ? "" : `&fieldSelector=metadata.name%3D${name}`;
    const labels = side === undefined ? "" : `&labelSelector=side%3D${side}`;
    return `${collection.path}?watch=1&allowWatchBookmarks=true&${start}${fields}${labels}`;
  }

  async #told({ type, object }: WatchEvent): Promise<void> {
    if (type === "ERROR") {
      const status = JSON.stringify(object);
      // What the server cannot go on with is told as an ERROR event too, and the client connects again.
      if (!/"code":(429|503|504)\b/.test(status)) await this.#violation(`an ERROR event: ${status}`);
      return;
    }
    const revision = Number(object.metadata.resourceVersion);
    if (type === "BOOKMARK") {
      this.#revision = revision;
      const initialEnd = object.metadata.annotations?.[INITIAL_EVENTS_END] === "true";
      if (initialEnd) this.#initialEnded = true;
      this.#record(type, revision, initialEnd ? { initialEnd } : {});
      return;
    }
    // Initial events come in the order of names: where the watcher stands is what their bookmark says.
    if (this.#initialEnded) this.#revision = revision;
    this.#record(type, revision, { seen: sightOf(object) });
  }

  #record(type: string, revision: number, more: object = {}): void {
    const { watcher } = this.scope;
    this.history.write({ kind: "event", watcher, type, time: this.history.now(), revision, ...more });
  }

  async #violation(message: string): Promise<void> {
    const text = `watcher ${this.scope.watcher}: ${message}`;
    this.history.write({ kind: "violation", time: this.history.now(), message: text });
    await sleep(REPENTANCE);
  }
}
