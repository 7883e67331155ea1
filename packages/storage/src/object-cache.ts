import type { KubeObject } from "@quarterdeck/meta";
import type { StorageEntry, StorageEvent } from "@quarterdeck/sdk";
import { AttributeIndices } from "./attribute-indices.js";
import { CacheEvent } from "./cache-event.js";
import { CacheState } from "./cache-state.js";
import { CachedObject } from "./cached-object.js";
import { EncryptedValueError, isEncrypted } from "./encryption/identity-provider.js";
import { unreadable } from "./encryption/value-transform-error.js";
import { EventRing } from "./event-ring.js";
import type { KeySpace } from "./key-space.js";
import type { ObjectOrigin } from "./object-origin.js";
import { ObjectTree } from "./object-tree.js";
import type { PrefixPage } from "./read-prefix.js";
import type { RenditionBudget } from "./rendition-budget.js";
import type { Snapshot } from "./snapshot-store.js";
import { SnapshotStore } from "./snapshot-store.js";
import { StateMemory } from "./state-memory.js";
import type { ResourceStoreOptions } from "./store-options.js";

/** The state of a resource, its newest events and the pinned older states. */
export class ObjectCache {
  readonly snapshots: SnapshotStore;
  ring: EventRing;
  readonly indices: AttributeIndices;
  readonly origin: ObjectOrigin;
  #memory = new StateMemory();
  #state = new CacheState();
  #revision = 0;
  /** The revision of the newest change, or of the load. */
  #changed = 0;
  readonly #handedOver = new WeakMap<Buffer, KubeObject>();

  constructor(
    readonly keys: KeySpace,
    private readonly options: ResourceStoreOptions,
    budget: RenditionBudget,
    private readonly clock: () => number,
  ) {
    this.origin = { keys, budget, allocate: (size) => this.#memory.allocate(size) };
    this.snapshots = new SnapshotStore(options.snapshots);
    this.indices = new AttributeIndices(() => this.#state, keys.prefix, clock);
    this.ring = new EventRing(0, options.ring);
  }

  get tree(): ObjectTree {
    return this.#state.objects;
  }

  get state(): CacheState {
    return this.#state;
  }

  /** All changes up to this revision are in the cache. */
  get revision(): number {
    return this.#revision;
  }

  /** Puts what happened between `start` and the ring's start in front of the ring. */
  extend(events: readonly StorageEvent[], before: ReadonlyMap<string, CachedObject>, start: number): void {
    const known = new Map(before);
    const steps: { readonly revision: number; readonly previous?: CachedObject; readonly current?: CachedObject }[] =
      [];
    for (const event of events) {
      if (event.revision <= start || event.revision > this.ring.start) continue;
      const previous = known.get(event.key);
      const held = this.tree.get(event.key);
      const current = held?.revision === event.revision ? held : this.fromEvent(event);
      if (current === undefined) known.delete(event.key);
      else known.set(event.key, current);
      if (previous === undefined && current === undefined) continue;
      steps.push({ revision: event.revision, ...(previous && { previous }), ...(current && { current }) });
    }
    const first = this.ring.end - this.ring.size - steps.length;
    const now = this.clock();
    const changes = steps.map(
      ({ revision, previous, current }, index) => new CacheEvent(first + index, revision, previous, current, now),
    );
    this.ring.prepend(changes, start);
  }

  /** Tells the parsed form of bytes that are about to be committed, so that they need not be parsed again. */
  handOver(value: Buffer, object: KubeObject): void {
    this.#handedOver.set(value, object);
  }

  /** Replaces everything by pages of one revision: the start, or a backend that went back in time. */
  async load(pages: AsyncIterable<PrefixPage> | Iterable<PrefixPage>): Promise<void> {
    const memory = new StateMemory();
    const objects: CachedObject[] = [];
    let revision = 0;
    for await (const page of pages) {
      revision = page.revision;
      for (const entry of page.entries) {
        const object = this.fromEntry(entry);
        if (object === undefined) continue;
        memory.admit(object);
        objects.push(object);
      }
    }
    this.#state = new CacheState(ObjectTree.of(objects));
    this.#memory = memory;
    this.#revision = revision;
    this.#changed = revision;
    this.ring = new EventRing(revision, this.options.ring);
    this.snapshots.clear();
  }

  /** Takes the events of whole revisions up to `revision`; returns what they changed. */
  apply(events: readonly StorageEvent[], revision: number): CacheEvent[] {
    const changes: CacheEvent[] = [];
    for (const event of events) {
      if (event.revision <= this.#revision) continue;
      const previous = this.tree.get(event.key);
      const current = this.fromEvent(event);
      const change = this.#record(event.revision, previous, current);
      if (change !== undefined) changes.push(change);
    }
    this.progress(revision);
    return changes;
  }

  /** Tells that all changes up to a revision were taken. */
  progress(revision: number): void {
    if (revision > this.#revision) this.#revision = revision;
  }

  /** Whether a newer state of the backend denies what the cache has seen: the history was replaced by another. */
  contradicts(entries: readonly StorageEntry[]): boolean {
    return entries.some(({ key, modRevision, createRevision }) => {
      if (modRevision > this.#revision || !this.keys.owns(key)) return false;
      const held = this.tree.get(key);
      return held?.revision !== modRevision || held.createRevision !== createRevision;
    });
  }

  /** Takes a full state in place of events that were missed; returns the changes that lead to it, in order. */
  catchUp(entries: readonly StorageEntry[], revision: number): CacheEvent[] {
    const steps: { readonly at: number; readonly previous?: CachedObject; readonly current?: CachedObject }[] = [];
    const present = new Set<string>();
    for (const entry of entries) {
      present.add(entry.key);
      const previous = this.tree.get(entry.key);
      if (previous?.revision === entry.modRevision) continue;
      const current = this.fromEntry(entry);
      if (current === undefined) continue;
      const recreated = previous !== undefined && previous.createRevision !== entry.createRevision;
      // The delete in between happened at some revision before the new creation.
      if (recreated) steps.push({ at: entry.createRevision - 1, previous });
      steps.push({ at: entry.modRevision, current, ...(previous === undefined || recreated ? {} : { previous }) });
    }
    for (const previous of this.tree.list(this.keys.prefix)) {
      if (!present.has(previous.key)) steps.push({ at: revision, previous });
    }
    steps.sort((a, b) => a.at - b.at);
    const changes = steps.map(({ at, previous, current }) => this.#record(at, previous, current));
    this.#revision = revision;
    return changes.filter((change) => change !== undefined);
  }

  fromEntry(entry: StorageEntry): CachedObject | undefined {
    const { key, value, modRevision, createRevision } = entry;
    if (!this.keys.owns(key)) return undefined;
    refuseEncrypted(key, value, modRevision);
    return new CachedObject(key, modRevision, createRevision, value, this.origin);
  }

  /** The state that an event leads to; undefined for a delete or a key of another shape. */
  fromEvent(event: StorageEvent): CachedObject | undefined {
    const { key, value, revision, createRevision } = event;
    if (event.type === "delete" || value === undefined || !this.keys.owns(key)) return undefined;
    refuseEncrypted(key, value);
    return new CachedObject(key, revision, createRevision, value, this.origin, this.#handedOver.get(value));
  }

  /** The state at a revision that is not newer than the cache; undefined when the cache does not reach back so far. */
  at(revision: number): CacheState | undefined {
    if (revision >= this.#changed) return this.#state;
    return this.snapshots.find(revision, this.clock()) ?? this.#rewind(revision);
  }

  /** Keeps the state at a revision for the next pages of a list. */
  pin(revision: number): void {
    const now = this.clock();
    if (this.snapshots.find(revision, now) !== undefined || revision < this.#changed) return;
    this.snapshots.add({ state: this.#state.clone(), from: this.#changed, until: Number.POSITIVE_INFINITY }, now);
  }

  trim(): void {
    const now = this.clock();
    this.ring.trim(now);
    this.snapshots.trim(now);
    this.indices.trim();
  }

  #record(revision: number, previous?: CachedObject, current?: CachedObject): CacheEvent | undefined {
    const subject = current ?? previous;
    if (subject === undefined) return undefined;
    this.snapshots.changed(revision);
    this.#changed = revision;
    this.#state.replace(previous, current);
    if (previous !== undefined) this.#memory.dismiss(previous);
    if (current !== undefined) this.#memory.admit(current);
    const event = new CacheEvent(this.ring.end, revision, previous, current, this.clock());
    this.ring.push(event);
    return event;
  }

  /** Undoes the events after a revision on a copy, and pins the result: its reader may come back for more. */
  #rewind(revision: number): CacheState | undefined {
    if (revision < this.ring.start) return undefined;
    const first = this.ring.after(revision);
    const state = this.#state.clone();
    for (let sequence = this.ring.end - 1; sequence >= first; sequence--) {
      const event = this.ring.at(sequence);
      state.replace(event?.current, event?.previous);
    }
    const from = this.ring.at(first - 1)?.revision ?? this.ring.start;
    const until = (this.ring.at(first)?.revision ?? this.#revision) - 1;
    const snapshot: Snapshot = { state, from, until };
    this.snapshots.add(snapshot, this.clock());
    return state;
  }
}

/** Without encryption in the config, what was encrypted once must not be taken for an object. */
function refuseEncrypted(key: string, value: Buffer, revision?: number): void {
  if (isEncrypted(value)) throw unreadable(key, new EncryptedValueError(), revision);
}
