import { setTimeout as sleep } from "node:timers/promises";
import { type ApiClient, ConnectionLost, Refused } from "./api-client.js";
import type { Collection, LoadObject } from "./collection.js";

interface WatchEvent {
  readonly type: string;
  readonly object: LoadObject & { readonly code?: number };
}

/** What a follower holds: names and resourceVersions. */
export type Holdings = ReadonlyMap<string, string>;

const RETRY = 100;
const BUSY = [429, 503, 504];

/**
 * Follows a collection as a reflector does: a list, then a watch that is connected again from the last event whenever it
 * ends, and a list again only when that is too old.
 */
export class Reflector {
  readonly #held = new Map<string, string>();
  readonly #stop = new AbortController();
  #revision = "";
  #events = 0;
  #connections = 0;
  #lists = 0;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly client: ApiClient,
    private readonly collection: Collection,
    /** How long one connection lasts at most. */
    private readonly seconds = 600,
  ) {}

  get holdings(): Holdings {
    return this.#held;
  }

  get events(): number {
    return this.#events;
  }

  get connections(): number {
    return this.#connections;
  }

  get lists(): number {
    return this.#lists;
  }

  /** Resolves when the first list was read; from then on it follows. */
  async start(): Promise<void> {
    while (this.#revision === "") await this.#once();
    this.#running = this.#follow();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #follow(): Promise<void> {
    while (!this.#stop.signal.aborted) await this.#once();
  }

  async #once(): Promise<void> {
    try {
      if (this.#revision === "") await this.#list();
      else await this.#watch();
    } catch (error) {
      const tooOld = error instanceof Refused && error.status === 410;
      if (tooOld) this.#revision = "";
      else if (!(error instanceof ConnectionLost || (error instanceof Refused && BUSY.includes(error.status))))
        throw error;
      if (!tooOld) await sleep(RETRY);
    }
  }

  async #list(): Promise<void> {
    const { status, text } = await this.client.request("GET", this.collection.path);
    if (status !== 200) throw new Refused(status, text);
    const { metadata, items } = JSON.parse(text);
    this.#held.clear();
    for (const item of items) this.#held.set(item.metadata.name, item.metadata.resourceVersion);
    this.#revision = metadata.resourceVersion;
    this.#lists += 1;
  }

  async #watch(): Promise<void> {
    const path = `${this.collection.path}?watch=1&resourceVersion=${this.#revision}&timeoutSeconds=${this.seconds}`;
    this.#connections += 1;
    for await (const { type, object } of this.client.lines<WatchEvent>(path, this.#stop.signal)) {
      if (type === "ERROR") throw new Refused(object.code ?? 500, JSON.stringify(object));
      const { name = "", resourceVersion } = object.metadata;
      if (Number(resourceVersion) <= Number(this.#revision))
        throw new Error(`${type} ${name} at ${resourceVersion} behind ${this.#revision}`);
      this.#revision = resourceVersion;
      this.#events += 1;
      if (type === "DELETED") this.#held.delete(name);
      else this.#held.set(name, resourceVersion);
    }
  }
}
