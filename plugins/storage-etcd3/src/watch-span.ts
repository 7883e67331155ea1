import { EVERY_KEY, type KeyRange, type KeySpace } from "./key-space.js";

/**
 * What an etcd watcher covers so that its end is known: which revision it has caught up to when there are no events.
 *
 * An etcd tells that when it is asked for progress. Before 3.4.31 and 3.5.13 it could tell a revision ahead of events
 * that were still to come (etcd-io/etcd#15220), or never answer while there were none (etcd-io/etcd#17507); there all
 * keys are watched, so that every revision is an event.
 */
export interface WatchSpan {
  /** Whether a stream may be asked for progress. */
  readonly progress: boolean;
  /** The keys to watch for those with a prefix. */
  range(prefix: string): KeyRange;
}

/** The first patch release of each minor one whose progress can be believed. */
const FIXED: { readonly [minor: string]: number } = { "3.4": 31, "3.5": 13 };

/** Whether an etcd of this version can be asked for progress. */
export function tellsProgress(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  const first = FIXED[`${major}.${minor}`];
  return first === undefined ? major > 3 || (major === 3 && minor > 5) : patch >= first;
}

/**
 * The span for an etcd of this version; undefined for one that tells it to root alone, which none did before 3.5.28
 * (etcd-io/etcd#14663, #21663).
 */
export function watchSpan(version: string | undefined, keys: KeySpace): WatchSpan {
  return version === undefined || tellsProgress(version)
    ? { progress: true, range: (prefix) => keys.range(prefix) }
    : { progress: false, range: () => EVERY_KEY };
}
