import type { KubeObject } from "@quarterdeck/meta";

/** A resource by name, for those who do not have its class; the storage version is meant. */
export interface ResourceReference {
  readonly group: string;
  readonly resource: string;
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
}
