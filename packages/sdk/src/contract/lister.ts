import type { KubeObject } from "@quarterdeck/meta";

/** A resource by name, for those who do not have its class; the storage version is meant. */
export interface ResourceReference {
  readonly group: string;
  readonly resource: string;
}

/** One change of one object, told after it was committed. Objects are shared, never change them. */
export interface ObjectChange<T extends object = KubeObject> {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  /** The object as it is now; of a deleted one its last state. */
  readonly object: T;
}

/**
 * Reads one resource from the watch cache without a round trip: objects are shared, never change them.
 * Injected by `@ListerOf(Rollout)` or `@ListerOf({ group: "", resource: "namespaces" })`.
 */
export interface Lister<T extends object = KubeObject> {
  /** Cluster-scoped resources take no namespace. */
  get(name: string, namespace?: string): T | undefined;
  list(namespace?: string): readonly T[];
  /** Confirmed against the store, for a decision that a stale read would get wrong. */
  getFresh(name: string, namespace?: string): Promise<T | undefined>;
  /**
   * Tells of every object as ADDED and then of every change, in order, until the function that it returns is called. Never
   * tells before it returns; may be called in a constructor, and then tells once the caches are filled, before `start` of
   * the plugin. After a break of the store it tells what differs. `onCurrent` is called once, when all that is there has been
   * told.
   */
  observe(onChange: (change: ObjectChange<T>) => void, onCurrent?: () => void): () => void;
}
