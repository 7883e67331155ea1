import type { CachedObject } from "./cached-object.js";
import { ChunkMemory } from "./chunk-memory.js";

/** A chunk of which less than this part is in use is given up. */
const WORTHWHILE = 0.65;

interface Chunk {
  /** All that was ever put here, the departed too. */
  readonly members: CachedObject[];
  size: number;
  live: number;
}

/**
 * The memory of the present states of a resource: chunk after chunk, without a gap. A state that is replaced moves out,
 * to others that departed at the same time and will be forgotten at the same time; a chunk that too many have left is
 * emptied into a new one. So no state keeps more alive than itself.
 */
export class StateMemory {
  readonly #departed = new ChunkMemory();
  readonly #chunks = new Map<ArrayBufferLike, Chunk>();
  #open: ArrayBufferLike | undefined;
  readonly #present = new ChunkMemory((chunk) => this.#opened(chunk));

  /** Memory for states that are not among the present ones. */
  readonly allocate = (size: number): Buffer => this.#departed.allocate(size);

  /** Takes in a state. */
  admit(object: CachedObject): void {
    object.settle((size) => this.#present.allocate(size));
    const chunk = this.#chunks.get(object.memory);
    if (chunk === undefined) return;
    chunk.members.push(object);
    chunk.size += object.size;
    chunk.live += object.size;
  }

  /** Lets go of a state that is no longer present. */
  dismiss(object: CachedObject): void {
    const { memory, size } = object;
    const chunk = this.#chunks.get(memory);
    if (chunk === undefined) return;
    object.settle(this.allocate);
    chunk.live -= size;
    if (memory !== this.#open) this.#giveUpIfSparse(memory, chunk);
  }

  #opened(next: ArrayBufferLike): void {
    const full = this.#open;
    this.#open = next;
    this.#chunks.set(next, { members: [], size: 0, live: 0 });
    const chunk = full && this.#chunks.get(full);
    if (full !== undefined && chunk !== undefined) this.#giveUpIfSparse(full, chunk);
  }

  #giveUpIfSparse(memory: ArrayBufferLike, { members, size, live }: Chunk): void {
    if (live >= size * WORTHWHILE) return;
    this.#chunks.delete(memory);
    // Whoever has departed, or was put here twice, is elsewhere by now.
    for (const member of members) if (member.memory === memory) this.admit(member);
  }
}
