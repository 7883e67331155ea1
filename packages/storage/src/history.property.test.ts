import fc from "fast-check";
import { expect, test } from "vitest";
import { drop, listOptions, put, startStore } from "../test/fixture.js";
import { WatchProbe } from "../test/watch-probe.js";
import { WrappedStorage } from "../test/wrapped-storage.js";
import type { ListOptions, ResourceStore } from "./resource-store.js";
import type { StoredObject } from "./stored-object.js";

const step = fc.record({
  path: fc.constantFrom("a/1", "a/2", "b/1", "b/2"),
  action: fc.constantFrom("put", "put", "drop"),
  label: fc.constantFrom("in", "out"),
});
const scope = fc.constantFrom({}, { namespace: "a" }, { namespace: "b", name: "2" }, { name: "1" });
const tiny = { minEvents: 2, maxEvents: 100, maxBytes: 1 << 20, freshMilliseconds: 0 };
const rings = fc.constantFrom(
  {},
  { ring: tiny },
  { ring: { ...tiny, freshMilliseconds: 1e9 }, snapshots: { maxSnapshots: 1, idleMilliseconds: 1 } },
);
const predicate: NonNullable<ListOptions["predicate"]> = ({ object }) => object.metadata.labels?.k === "in";

const labelled = { id: "label k", read: ({ labels }: StoredObject) => labels.k };
const selector = { conditions: [{ attribute: labelled, values: ["in"] }], complete: true };
const selections = fc.constantFrom({}, { predicate }, { predicate, selector });

async function take(
  store: ResourceStore,
  { path, action, label }: { path: string; action: string; label: string },
): Promise<void> {
  const [namespace = "", name = ""] = path.split("/");
  if (action === "put") await put(store, path, { k: label });
  else if (store.peek({ namespace, name }) !== undefined) await drop(store, path);
}

async function stateOf(store: ResourceStore, options: Partial<ListOptions>): Promise<Map<string, string>> {
  const { items } = await store.list(listOptions(options));
  return new Map(items.map(({ namespace, name, bytes }) => [`${namespace}/${name}`, bytes.toString()]));
}

function sorted(state: ReadonlyMap<string, string>): [string, string][] {
  return [...state].sort(([a], [b]) => (a < b ? -1 : 1));
}

test("the state of any revision plus a watch from it is the present state, whatever the ring holds", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 20 }),
      fc.array(step, { maxLength: 5 }),
      fc.nat(),
      scope,
      selections,
      rings,
      fc.boolean(),
      async (before, after, pick, where, selection, setup, embedded) => {
        const storage = await WrappedStorage.open(embedded);
        // A cache that is started in the middle has no events from before its start.
        const writer = await startStore(storage);
        const half = before.length >> 1;
        for (const one of before.slice(0, half)) await take(writer, one);
        const store = await startStore(storage, setup);
        for (const one of before.slice(half)) await take(writer, one);
        const newest = (await store.list(listOptions())).revision;
        const revision = 1 + (pick % newest);
        const options = { ...where, ...selection };
        const exact = { resourceVersion: String(revision), resourceVersionMatch: "Exact" } as const;
        const start = await stateOf(store, { ...options, ...exact });
        const probe = new WatchProbe();
        for (const [path, bytes] of start) probe.state.set(path, bytes);
        probe.onLine = (line) => {
          const [type, path = ""] = line.split(" ");
          seen.push({ type, known: known.has(path), revision: Number(line.split("@")[1]) });
          if (type === "DELETED") known.delete(path);
          else known.add(path);
        };
        const known = new Set(start.keys());
        const seen: { type: string | undefined; known: boolean; revision: number }[] = [];
        await store.watch(probe.options({ ...options, resourceVersion: String(revision) }));
        expect(sorted(probe.state)).toEqual(sorted(await stateOf(store, options)));
        for (const one of after) await take(writer, one);
        expect(sorted(probe.state)).toEqual(sorted(await stateOf(store, options)));
        expect(probe.ends).toEqual([]);
        // ADDED only for what was not there, the others only for what was; revisions only grow.
        expect(seen.every(({ type, known: was }) => (type === "ADDED") === !was)).toBe(true);
        const revisions = seen.map(({ revision: at }) => at);
        expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
        expect(revisions.every((at) => at > revision)).toBe(true);
        const initial = await WatchProbe.start(store, { ...options, sendInitialEvents: true });
        expect(sorted(initial.state)).toEqual(sorted(probe.state));
        store.stop();
        writer.stop();
      },
    ),
    { numRuns: 300 },
  );
});

test("a backend watch that breaks at any time leaves watchers with the present state", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(step, fc.constant("break" as const)), { maxLength: 20 }), async (steps) => {
      const storage = await WrappedStorage.open();
      const store = await startStore(storage);
      const selecting = await WatchProbe.start(store, { predicate });
      const indexed = await WatchProbe.start(store, { predicate, selector });
      const all = await WatchProbe.start(store);
      for (const one of steps) {
        if (one === "break") storage.breakWatches(new Error("broken"));
        else await take(store, one).catch(() => undefined);
        if (one !== "break") {
          const value = Buffer.from(
            `{"kind":"ConfigMap","apiVersion":"v1","metadata":{"labels":{"k":"${one.label}"}}}`,
          );
          await storage.commit([{ type: "put", key: `/registry/configmaps/${one.path}`, value }]);
        }
      }
      let healed = false;
      while (!healed) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        healed = await store.get({ namespace: "a", name: "1" }, {}).then(
          () => true,
          () => false,
        );
      }
      expect(sorted(all.state)).toEqual(sorted(await stateOf(store, {})));
      expect(sorted(selecting.state)).toEqual(sorted(await stateOf(store, { predicate })));
      expect(sorted(indexed.state)).toEqual(sorted(selecting.state));
      expect(all.ends).toEqual([]);
      store.stop();
    }),
    { numRuns: 100 },
  );
});
