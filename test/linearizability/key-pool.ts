import { COLLECTIONS, type Collection } from "../process/collection.js";

/** One object that clients write and read. */
export interface Key {
  readonly collection: Collection;
  readonly name: string;
}

const KEYS_PER_COLLECTION = 3;

/**
 * The objects in use: those of the present generation and of the one before, so that each lives through a fault, and no
 * object gathers so many writes of unknown outcome that checking becomes a search without end.
 */
export class KeyPool {
  #generation = 0;
  #old: readonly Key[] = [];
  #young: readonly Key[] = keysOf(0);
  readonly #revisions = new Map<Key, number>();

  get keys(): readonly Key[] {
    return [...this.#old, ...this.#young];
  }

  /** Starts a generation and tells which keys are no longer used. */
  rotate(): readonly Key[] {
    const retired = this.#old;
    this.#generation += 1;
    this.#old = this.#young;
    this.#young = keysOf(this.#generation);
    for (const key of retired) this.#revisions.delete(key);
    return retired;
  }

  /** A resourceVersion that some client has seen of the object, often an old one: what conditional writes name. */
  revisionOf(key: Key): number | undefined {
    return this.#revisions.get(key);
  }

  saw(key: Key, revision: number): void {
    this.#revisions.set(key, revision);
  }
}

function keysOf(generation: number): Key[] {
  return COLLECTIONS.flatMap((collection) =>
    Array.from({ length: KEYS_PER_COLLECTION }, (_, index) => ({ collection, name: `g${generation}-${index}` })),
  );
}
