import type { KubeObject } from "@quarterdeck/meta";
import type { ObjectSelector } from "./object-selector.js";
import type { StoredObject } from "./stored-object.js";
import type { Transaction } from "./transaction.js";

/** Chooses objects by label and field selector; undefined chooses all. */
export type ObjectPredicate = (object: StoredObject) => boolean;

/** The `resourceVersion` of a read as it stands in the query; undefined when it is absent or empty. */
export interface ReadOptions {
  readonly resourceVersion?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a list asks for; the texts are checked by the registry, the numbers here. */
export interface ListOptions extends ReadOptions {
  /** Empty: all namespaces, or a cluster-scoped resource. */
  readonly namespace: string;
  /** Set when a field selector fixes `metadata.name`. */
  readonly name?: string | undefined;
  readonly resourceVersionMatch?: "Exact" | "NotOlderThan" | undefined;
  /** 0 for no limit. */
  readonly limit: number;
  readonly continueToken?: string | undefined;
  readonly predicate?: ObjectPredicate | undefined;
  /** What the predicate asks for as far as an index can answer it. */
  readonly selector?: ObjectSelector | undefined;
}

/** A page of a list. */
export interface ListPage {
  readonly items: readonly StoredObject[];
  /** The revision the whole list (all its pages) is consistent at. */
  readonly revision: number;
  readonly continueToken: string | undefined;
  /** Told only when no selector was given. */
  readonly remainingItemCount: number | undefined;
}

/**
 * One change as all watchers of a resource share it. A watcher with a selector may see another type than its
 * neighbour (an object that leaves the selector is DELETED for it), so the type is given per delivery.
 */
export interface WatchChange {
  /** The new state; for a delete the last state with the delete's revision. */
  readonly object: StoredObject;
  /** An encoding of the change for one event type and representation, made once while the change is delivered. */
  frame(key: string, make: (object: StoredObject) => Buffer): Buffer;
}

/** The type of an event for one watcher. */
export type ChangeType = "ADDED" | "MODIFIED" | "DELETED";

/**
 * Watches that see every change alike and are told of it by one call. A watch without a predicate that names a lane
 * joins it once it has caught up; all that name the same lane must watch the same resource, namespace and name.
 */
export interface WatchLane {
  /** One live change for all members. */
  deliver(type: ChangeType, change: WatchChange): void;
}

/** What a watch asks for and where it is delivered; calls are synchronous and in revision order. */
export interface WatchOptions extends ReadOptions {
  readonly namespace: string;
  readonly name?: string | undefined;
  readonly predicate?: ObjectPredicate | undefined;
  /** As for a list; events find the watch by it. */
  readonly selector?: ObjectSelector | undefined;
  /** undefined or "0" with no sendInitialEvents: synthetic ADDED events first, as upstream does. */
  readonly sendInitialEvents?: boolean | undefined;
  readonly allowBookmarks: boolean;
  onChange(type: ChangeType, change: WatchChange): void;
  readonly lane?: WatchLane | undefined;
  /** True: from now on live changes come through the lane and not by `onChange`; false when the watch ends. */
  onLane?(joined: boolean): void;
  /**
   * Asked now and then while the state or the history that the watch starts with is told: a promise makes it wait,
   * undefined lets it go on. Live changes never wait.
   */
  drained?(): Promise<void> | undefined;
  /** What the watch starts with has been told; from now on it hears of changes as they happen. */
  onLive?(): void;
  /** `initialEventsEnd`: the bookmark that ends the initial events of sendInitialEvents. */
  onBookmark(revision: number, initialEventsEnd: boolean): void;
  /** The watch is over by the store's doing (too old, cut off, stopping); an error is sent as an ERROR event. */
  onEnd(error: Error | undefined): void;
}

/** A running watch of a resource. */
export interface ResourceWatch {
  /** Sends a bookmark now if bookmarks were asked for: done before a timeout ends the watch. */
  bookmark(): void;
  close(): void;
}

/** The result of a compare-and-swap: the new state, or what stands there instead (undefined: the object is gone). */
export type WriteResult = { readonly written: StoredObject } | { readonly conflict: StoredObject | undefined };

/** What a write carries beside the object. */
export interface WriteAttributes {
  /** The object disappears so many seconds later; that of the resource without it. */
  readonly ttlSeconds?: number | undefined;
  /** What the history tells about the write, such as who it was; kept as long as the state that the write made. */
  readonly note?: Buffer | undefined;
}

/** How {@link ResourceStore.removeUnreadable} removes. */
export interface UnreadableRemoval extends Pick<WriteAttributes, "note"> {
  readonly dryRun: boolean;
}

/** Where an object lives; namespace is empty for cluster-scoped resources. */
export interface ObjectKey {
  readonly namespace: string;
  readonly name: string;
}

/** Which states of an object to tell, newest first. */
export interface HistoryOptions {
  /** Only states older than this revision. */
  readonly before?: number;
  /** At most so many; all without it. */
  readonly limit?: number;
}

/** One state of an object, or its end. */
export interface ObjectVersion {
  readonly revision: number;
  readonly createRevision: number;
  /** Undefined for a delete. */
  readonly object: StoredObject | undefined;
  /** The note of the write, where the backend keeps notes; see {@link WriteAttributes.note}. */
  readonly note: Buffer | undefined;
}

/** The states of one object, newest first. */
export interface ObjectHistory {
  readonly versions: readonly ObjectVersion[];
  /** True when older states were left out by the limit. */
  readonly more: boolean;
  /** What only revisions below this one saw is forgotten; 0 when nothing is. */
  readonly compacted: number;
  readonly revision: number;
}

/** The objects of one resource: reads from the watch cache, writes to the backend. Objects are of the storage version. */
export interface ResourceStore {
  /** Fills the cache and starts its watch. */
  start(): Promise<void>;
  stop(): void;
  /** How many objects the cache holds. */
  readonly size: number;
  /** Why the objects cannot be read at present: a stored value cannot be decrypted. Undefined when they can. */
  readonly unreadable: Error | undefined;
  /** Whether a write of what is there already should reach the backend, to be encrypted anew; upstream's stale objects. */
  stale(current: StoredObject): Promise<boolean>;
  /** The cached state, possibly behind the store; for listers. */
  peek(key: ObjectKey): StoredObject | undefined;
  /** All cached states of a namespace (all when empty) in key order; for listers. */
  peekAll(namespace: string): readonly StoredObject[];
  /** Linearizable without a resourceVersion. Throws 400, 504 (too large a revision) or 410. */
  get(key: ObjectKey, options: ReadOptions): Promise<StoredObject | undefined>;
  list(options: ListOptions): Promise<ListPage>;
  watch(options: WatchOptions): Promise<ResourceWatch>;
  /**
   * Stores a new object (its resourceVersion is left out); a conflict is an object of that name. The object changes
   * hands, here and in `replace`: the store sets its resourceVersion and shares it, so it must not be changed later.
   */
  create(key: ObjectKey, object: KubeObject, attributes?: WriteAttributes): Promise<WriteResult>;
  /** Replaces exactly this state. */
  replace(current: StoredObject, object: KubeObject, attributes?: WriteAttributes): Promise<WriteResult>;
  /** Removes exactly this state; `written` is the last state with the delete's revision. */
  remove(current: StoredObject, attributes?: Pick<WriteAttributes, "note">): Promise<WriteResult>;
  /**
   * Removes the state of an object that cannot be read: it cannot be decrypted, or is no object. Nothing is removed when it
   * can be read, or on a dry run. What is unreadable for its sake is read again before this resolves.
   */
  removeUnreadable(key: ObjectKey, options: UnreadableRemoval): Promise<"removed" | "readable" | "absent">;
  /** What an object was, deletes included, as far back as the backend remembers; empty for one that never was. */
  history(key: ObjectKey, options?: HistoryOptions): Promise<ObjectHistory>;
  /** The store as a transaction sees it: reads as ever, `create`, `replace` and `remove` take effect with its commit. */
  join(transaction: Transaction): ResourceStore;
  /**
   * Of a store that has joined a transaction: the object as the operations so far will leave it, or would if this is a dry
   * run; null when they delete it, undefined when they leave it alone.
   */
  staged?(key: ObjectKey): StoredObject | null | undefined;
  /** An object as it would be sent if it were stored now, without a resourceVersion unless it has one; for dry runs. */
  encode(key: ObjectKey, object: KubeObject): StoredObject;
}
