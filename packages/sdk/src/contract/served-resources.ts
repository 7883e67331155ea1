import { INJECTION_TOKEN } from "../plugin/injection-token.js";
import type { ResourceReference } from "./lister.js";

/** A resource that the server serves. */
export interface ServedResource extends ResourceReference {
  /** The version in which objects are stored, as listers tell of them. */
  readonly version: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** As discovery has them: `create`, `delete`, `deletecollection`, `get`, `list`, `patch`, `update`, `watch`. */
  readonly verbs: readonly string[];
  /** All versions that are served, the preferred one first. */
  readonly servedVersions: readonly string[];
  /** The storage forgets objects so many seconds after their last write; absent when it keeps them. */
  readonly ttlSeconds?: number;
}

/** What is served came or went. */
export interface ServedResourceChange {
  readonly type: "ADDED" | "REMOVED";
  readonly resource: ServedResource;
}

/** What the server serves, for those who work on every resource. Injected by the class as token. */
export abstract class ServedResources {
  static readonly [INJECTION_TOKEN]: string = "served-resources";
  /** In the order in which the config names them. */
  abstract all(): readonly ServedResource[];
  abstract find(target: ResourceReference): ServedResource | undefined;
  /** The resource that serves a kind in this version: `apps/v1`, `Deployment`. */
  abstract findKind(apiVersion: string, kind: string): ServedResource | undefined;
  /**
   * Tells of every resource as ADDED before it returns, and then of each that comes or goes, until the function that it
   * returns is called.
   */
  abstract observe(onChange: (change: ServedResourceChange) => void): () => void;
}
