import fc from "fast-check";
import { expect, test } from "vitest";
import { CachedObject } from "./cached-object.js";
import { KeySpace } from "./key-space.js";
import { StateMemory } from "./state-memory.js";

const keys = new KeySpace("/p/", false);

/** A map of states beside the memory they live in. */
class States {
  readonly present = new Map<string, CachedObject>();
  readonly departed: CachedObject[] = [];
  readonly memory = new StateMemory();
  #revision = 100;

  set(n: number, size: number): void {
    const name = `n${n}`;
    const value = Buffer.from(`{"kind":"K","apiVersion":"v1","metadata":{"name":"${name}"},"x":"${"y".repeat(size)}"}`);
    const revision = ++this.#revision;
    const object = new CachedObject(`/p/${name}`, revision, revision, value, { keys, allocate: this.memory.allocate });
    this.#leave(object.key);
    this.present.set(object.key, object);
    this.memory.admit(object);
  }

  delete(n: number): void {
    this.#leave(`/p/n${n}`);
  }

  #leave(key: string): void {
    const previous = this.present.get(key);
    if (previous === undefined) return;
    this.present.delete(key);
    this.departed.push(previous);
    this.memory.dismiss(previous);
  }

  /** What is kept alive by states, in bytes. */
  static held(states: Iterable<CachedObject>): { bytes: number; alive: number; memories: Set<ArrayBufferLike> } {
    const memories = new Set<ArrayBufferLike>();
    let bytes = 0;
    for (const { size, memory } of states) {
      bytes += size;
      memories.add(memory);
    }
    return { bytes, memories, alive: [...memories].reduce((sum, { byteLength }) => sum + byteLength, 0) };
  }
}

const write = fc.record({
  n: fc.integer({ min: 0, max: 400 }),
  size: fc.constantFrom(0, 100, 100, 900, 900, 5000, 40_000),
  drop: fc.constantFrom(true, false, false),
});

test("states keep their bytes and little else alive, whatever is written", () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 3000, size: "max" }), (writes) => {
      const states = new States();
      for (const { n, size, drop } of writes) {
        if (drop) states.delete(n);
        else states.set(n, size);
      }
      const present = States.held(states.present.values());
      // A third of a chunk may be unused, and the newest chunk and the end of each one are not full.
      expect(present.alive).toBeLessThanOrEqual(present.bytes * 1.8 + 2 * 128 * 1024);
      const departed = States.held(states.departed);
      expect([...departed.memories].filter((memory) => present.memories.has(memory))).toEqual([]);
      for (const object of [...states.present.values(), ...states.departed]) {
        expect(object.object.metadata).toEqual({ name: object.name, resourceVersion: String(object.revision) });
        expect(object.size).toBe(object.bytes.length);
      }
    }),
    { numRuns: 30 },
  );
});

test("what is no object stays as it is until it is read", () => {
  const memory = new StateMemory();
  const object = new CachedObject("/p/x", 7, 7, Buffer.from("no JSON"), { keys });
  memory.admit(object);
  memory.dismiss(object);
  expect(() => object.bytes).toThrow(SyntaxError);
});
