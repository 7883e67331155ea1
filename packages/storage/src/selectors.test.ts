import fc from "fast-check";
import { expect, test } from "vitest";
import { drop, lines, listOptions, put, startStore } from "../test/fixture.js";
import { WatchProbe } from "../test/watch-probe.js";
import { WrappedStorage } from "../test/wrapped-storage.js";
import type { ObjectSelector, SelectorAttribute } from "./object-selector.js";
import type { ListOptions, ListPage, ResourceStore } from "./resource-store.js";
import type { StoredObject } from "./stored-object.js";

/** Selects by labels as the registry does, and counts how often an object is asked. */
class Selection {
  asked = 0;
  readonly selector: ObjectSelector;

  constructor(
    readonly wanted: { readonly [label: string]: readonly string[] | undefined },
    complete = true,
  ) {
    const conditions = Object.entries(wanted).map(([label, values]) => ({ attribute: labelOf(label), values }));
    this.selector = { conditions, complete };
  }

  readonly predicate = ({ labels }: StoredObject): boolean => {
    this.asked++;
    return Object.entries(this.wanted).every(([label, values]) => {
      const value = labels[label];
      return value !== undefined && (values?.includes(value) ?? true);
    });
  };

  get options(): Pick<ListOptions, "predicate" | "selector"> {
    return { predicate: this.predicate, selector: this.selector };
  }
}

function labelOf(label: string): SelectorAttribute {
  return { id: `label ${label}`, read: ({ labels }) => labels[label] };
}

/** 600 objects in three namespaces; `n` is its own for each, `ten` one of ten values, `rare` only in every 50th. */
async function filled(storage: WrappedStorage): Promise<ResourceStore> {
  const store = await startStore(storage);
  await fill(storage);
  return store;
}

async function fill(storage: WrappedStorage): Promise<void> {
  for (let n = 0; n < 600; n++) {
    const labels = { n: String(n), ten: String(n % 10), ...(n % 50 === 0 && { rare: "yes" }) };
    const name = String(n).padStart(4, "0");
    const object = { kind: "ConfigMap", apiVersion: "v1", metadata: { name, namespace: `ns${n % 3}`, labels } };
    const key = `/registry/configmaps/ns${n % 3}/${name}`;
    await storage.commit([{ type: "put", key, value: Buffer.from(JSON.stringify(object)) }]);
  }
}

async function pages(store: ResourceStore, options: Partial<ListOptions>): Promise<ListPage[]> {
  const all: ListPage[] = [];
  let continueToken: string | undefined;
  do {
    const page: ListPage = await store.list(listOptions({ ...options, continueToken }));
    all.push(page);
    continueToken = page.continueToken;
  } while (continueToken !== undefined);
  return all;
}

test.each([
  ["one value", { ten: ["3"] }, {}],
  ["several values", { n: ["3", "77", "599", "none"] }, {}],
  ["any value", { rare: undefined }, {}],
  ["a namespace", { ten: ["3"] }, { namespace: "ns1" }],
  ["several values in a namespace", { n: ["3", "4", "5", "6"] }, { namespace: "ns1" }],
  ["any value in a namespace", { rare: undefined }, { namespace: "ns0" }],
  ["two labels", { ten: ["0"], rare: ["yes"] }, {}],
  ["a value nobody has", { ten: ["x"] }, {}],
])("a list by %s costs what it finds, and is the list by predicate", async (_, wanted, where) => {
  const storage = await WrappedStorage.open();
  const store = await filled(storage);
  const slow = new Selection(wanted);
  const expected = lines((await store.list(listOptions({ ...where, predicate: slow.predicate }))).items);
  const chosen = new Selection(wanted);
  const checked = new Selection(wanted, false);
  expect(lines((await store.list(listOptions({ ...where, ...chosen.options }))).items)).toEqual(expected);
  expect(lines((await store.list(listOptions({ ...where, ...checked.options }))).items)).toEqual(expected);
  for (const limit of [1, 7, 60]) {
    const paged = await pages(store, { ...where, ...chosen.options, limit });
    expect(paged.flatMap(({ items }) => lines(items))).toEqual(expected);
    expect(paged.every(({ remainingItemCount }) => remainingItemCount === undefined)).toBe(true);
    // No page is fetched in vain.
    expect(paged.length).toBe(Math.max(1, Math.ceil(expected.length / limit)));
  }
  expect(slow.asked).toBeGreaterThanOrEqual(200);
  if (Object.keys(wanted).length === 1) expect(chosen.asked).toBe(0);
  expect(checked.asked).toBeLessThanOrEqual(60);
  const probe = await WatchProbe.start(store, { ...where, ...chosen.options, sendInitialEvents: true });
  expect(probe.lines).toEqual(expected.map((line) => `ADDED ${line}`));
  expect(chosen.asked).toBeLessThan(600);
  store.stop();
});

test("an index follows the writes, also those that come while it is made", async () => {
  const storage = await WrappedStorage.open();
  const store = await filled(storage);
  const selection = new Selection({ ten: ["3"] });
  const list = store.list(listOptions(selection.options));
  await put(store, "ns0/0003", { ten: "4" });
  await put(store, "ns9/late", { ten: "3" });
  await drop(store, "ns1/0013");
  const first = lines((await list).items);
  await put(store, "ns9/later", { ten: "3" });
  await put(store, "ns9/late", { ten: "3", again: "yes" });
  const second = lines((await store.list(listOptions(selection.options))).items);
  const slow = lines((await store.list(listOptions({ predicate: selection.predicate }))).items);
  expect(second).toEqual(slow);
  expect(first.length).toBe(59);
  expect(second.length).toBe(60);
  store.stop();
});

test("pages by an index are the state of one revision whatever is written between them", async () => {
  const write = fc.record({ n: fc.integer({ min: 0, max: 620 }), ten: fc.constantFrom("3", "4", "drop") });
  const small = { snapshots: { maxSnapshots: 0, idleMilliseconds: 1 } };
  const storage = await WrappedStorage.open();
  const stores = [await startStore(storage), await startStore(storage, small)];
  await fill(storage);
  const wanted = fc.constantFrom({ ten: ["3"] }, { ten: ["3", "4"] }, { ten: undefined });
  await fc.assert(
    fc.asyncProperty(
      fc.array(write, { maxLength: 30 }),
      fc.integer({ min: 5, max: 40 }),
      wanted,
      fc.constantFrom("", "ns1"),
      fc.constantFrom(...stores),
      async (writes, limit, labels, namespace, store) => {
        const selection = new Selection(labels);
        const before = await store.list(listOptions({ namespace, predicate: selection.predicate }));
        const queue = [...writes];
        const paged: string[] = [];
        let continueToken: string | undefined;
        do {
          const page: ListPage = await store.list(
            listOptions({ namespace, limit, continueToken, ...selection.options }),
          );
          expect(page.revision).toBe(before.revision);
          paged.push(...lines(page.items));
          continueToken = page.continueToken;
          for (const { n, ten } of queue.splice(0, 4)) {
            const path = `ns${n % 3}/${String(n).padStart(4, "0")}`;
            const [at = "", name = ""] = path.split("/");
            if (ten !== "drop") await put(store, path, { ten });
            else if (store.peek({ namespace: at, name }) !== undefined) await drop(store, path);
          }
        } while (continueToken !== undefined);
        expect(paged).toEqual(lines(before.items));
      },
    ),
    { numRuns: 60 },
  );
  for (const store of stores) store.stop();
});

test("a value with any characters is told from its neighbours", async () => {
  const storage = await WrappedStorage.open();
  const store = await filled(storage);
  const values = [
    "a",
    "a\0",
    "a\0b",
    "a\u0001",
    "a\u0001\u0003",
    "",
    "\uffff",
    "\u{1F600}",
    "x".repeat(300),
    `${"x".repeat(299)}y`,
  ];
  for (const [n, value] of values.entries()) await put(store, `odd/${n}`, { odd: value });
  for (const [n, value] of values.entries()) {
    const { items } = await store.list(listOptions(new Selection({ odd: [value] }).options));
    expect(lines(items).map((line) => line.split(" ")[0])).toEqual([`odd/${n}`]);
  }
  const all = await store.list(listOptions(new Selection({ odd: undefined }).options));
  expect(all.items.length).toBe(values.length);
  store.stop();
});

test("a field that cannot be read ends the list, not the cache", async () => {
  const storage = await WrappedStorage.open();
  const store = await filled(storage);
  let broken = false;
  const read = ({ labels, name }: StoredObject) => {
    if (broken && name === "0300") throw new Error("cannot convert");
    return labels.ten;
  };
  const attribute = { id: "field v1 spec.ten", read };
  const selector = { conditions: [{ attribute, values: ["0"] }], complete: true };
  const options = listOptions({ predicate: (object) => read(object) === "0", selector });
  expect((await store.list(options)).items.length).toBe(60);
  const probe = await WatchProbe.start(store, { ...options, sendInitialEvents: false });
  const other = await WatchProbe.start(store, { sendInitialEvents: false });
  broken = true;
  await put(store, "ns0/0300", { ten: "1" });
  await put(store, "ns0/0301", { ten: "0" });
  expect(other.lines.length).toBe(2);
  expect(probe.ends.map((error) => error?.message)).toEqual(["cannot convert"]);
  await expect(store.list(options)).rejects.toThrow("cannot convert");
  broken = false;
  expect((await store.list(options)).items.length).toBe(60);
  store.stop();
});

test("an event is matched against watches by their label, not against each of them", async () => {
  const storage = await WrappedStorage.open();
  const store = await startStore(storage);
  const selections = Array.from({ length: 1000 }, (_, n) => new Selection({ app: [`app-${n}`] }));
  const probes = await Promise.all(
    selections.map(({ options }) => WatchProbe.start(store, { ...options, sendInitialEvents: false })),
  );
  const both = new Selection({ app: ["app-7", "app-8"] });
  const several = await WatchProbe.start(store, { ...both.options, sendInitialEvents: false });
  const any = await WatchProbe.start(store, { ...new Selection({ app: undefined }).options, allowBookmarks: true });
  await put(store, "a/1", { app: "app-7" });
  await put(store, "a/1", { app: "app-8" });
  await put(store, "a/1", { app: "app-8", more: "x" });
  await put(store, "a/1", {});
  expect(probes[7]?.lines).toEqual(["ADDED a/1 @2", "DELETED a/1 @3"]);
  expect(probes[8]?.lines).toEqual(["ADDED a/1 @3", "MODIFIED a/1 @4", "DELETED a/1 @5"]);
  const expected = ["ADDED a/1 @2", "MODIFIED a/1 @3", "MODIFIED a/1 @4", "DELETED a/1 @5"];
  expect([several.lines, any.lines]).toEqual([expected, expected]);
  expect(probes.filter(({ lines: told }) => told.length > 0).length).toBe(2);
  expect(selections.reduce((sum, { asked }) => sum + asked, 0)).toBeLessThan(20);
  several.watch?.close();
  any.watch?.close();
  for (const probe of probes) probe.watch?.close();
  await put(store, "a/1", { app: "app-8" });
  expect([probes[8]?.lines.length, several.lines, any.lines]).toEqual([3, expected, expected]);
  store.stop();
});

test("watches that come back find their events by label: each state is read once for all of them", async () => {
  const storage = await WrappedStorage.open();
  const store = await startStore(storage);
  for (let n = 0; n < 100; n++) await put(store, `a/${n % 50}`, { app: `app-${n % 25}` });
  let reads = 0;
  const attribute: SelectorAttribute = {
    id: "field v1 spec.app",
    read: ({ labels }) => {
      reads++;
      return labels.app;
    },
  };
  let asked = 0;
  const probes = await Promise.all(
    Array.from({ length: 500 }, (_, n) => {
      const value = `app-${n % 50}`;
      const predicate = ({ labels }: StoredObject) => {
        asked++;
        return labels.app === value;
      };
      const selector: ObjectSelector = { conditions: [{ attribute, values: [value] }], complete: true };
      return WatchProbe.start(store, { predicate, selector, resourceVersion: "1" });
    }),
  );
  expect(probes.map(({ lines: told }) => told.length)).toEqual(probes.map((_, n) => (n % 50 < 25 ? 4 : 0)));
  expect(reads).toBeLessThanOrEqual(150);
  expect(asked).toBeLessThanOrEqual(500 * 4 * 2);
  store.stop();
});

test("stopping ends watches that are found by a label, each once", async () => {
  const store = await startStore(await WrappedStorage.open());
  const { options } = new Selection({ app: ["a", "b", "c"] });
  const probes = await Promise.all([1, 2].map(() => WatchProbe.start(store, { ...options, allowBookmarks: true })));
  store.stop();
  expect(probes.map(({ ends }) => ends)).toEqual([[undefined], [undefined]]);
});
