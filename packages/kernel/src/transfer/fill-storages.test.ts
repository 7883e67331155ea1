import { compileResources } from "@quarterdeck/scheme";
import {
  ApiObject,
  definePlugin,
  Resource,
  type Storage,
  type StorageEntry,
  type StorageOperation,
} from "@quarterdeck/sdk";
import { MemoryStorage } from "@quarterdeck/storage-memory";
import { afterEach, describe, expect, it } from "vitest";
import { StorageSet } from "../storage/storage-set.js";
import { fillStorages } from "./fill-storages.js";
import { KeyOwners } from "./key-owners.js";
import { mergeEntries } from "./merge-entries.js";
import { readSections } from "./read-sections.js";
import { collect, entry, section } from "./sections.fixture.js";

class Thing extends ApiObject {}
Resource({ group: "example.com", version: "v1", kind: "Thing" })(Thing);
const DESCRIPTORS = compileResources([Thing], { runtimeConfig: {}, sourceOf: (cls) => cls.name });
const THINGS = "/registry/example.com/things/";

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const opened: Storage[] = [];

afterEach(() => Promise.all(opened.splice(0).map((storage) => storage.close())));

async function memory(): Promise<MemoryStorage> {
  const storage = new MemoryStorage({ compactionSeconds: 0, maxValueBytes: 1024 * 1024 }, logger);
  await storage.open();
  opened.push(storage);
  return storage;
}

/** A memory storage that gives out revisions by itself, as etcd does. */
async function withoutRestore(): Promise<Storage & { readonly commits: StorageOperation[][] }> {
  const inner = await memory();
  const commits: StorageOperation[][] = [];
  return {
    commits,
    open: () => inner.open(),
    close: () => inner.close(),
    currentRevision: () => inner.currentRevision(),
    get: (key, options) => inner.get(key, options),
    range: (options) => inner.range(options),
    versions: (key, options) => inner.versions(key, options),
    watch: (options) => inner.watch(options),
    compact: (revision) => inner.compact(revision),
    commit: (operations) => {
      commits.push([...operations]);
      return inner.commit(operations);
    },
  };
}

const definition = definePlugin({ kind: "storage", name: "given", plugin: MemoryStorage });

/** The storages of a config that keeps things in the second one, when there are two. */
function owners(first: Storage, second?: Storage): KeyOwners {
  const given = [first, second].filter((one) => one !== undefined);
  const loaded = given.map((_one, at) => ({
    name: at === 0 ? "storage" : "storage-things.example.com",
    resources: at === 0 ? [] : ["things.example.com"],
    plugin: {
      kind: "storage" as const,
      name: "given",
      version: undefined,
      path: "storage",
      origin: "test",
      source: "test",
      definition,
      options: undefined,
    },
  }));
  let next = 0;
  const set = StorageSet.make(loaded, () => given[next++] ?? first);
  return new KeyOwners(set, DESCRIPTORS);
}

const all = (storage: Storage): Promise<readonly StorageEntry[]> =>
  storage.range({ prefix: "/registry/", expiry: true }).then(({ entries }) => entries);

const put = (key: string, value: string, ttlSeconds?: number): StorageOperation => ({
  type: "put",
  key,
  value: Buffer.from(value),
  ...(ttlSeconds !== undefined && { ttlSeconds }),
});

describe("reading what a storage holds", () => {
  it("gives one state in the order of writing, whatever is written meanwhile", async () => {
    const storage = await memory();
    for (let at = 0; at < 600; at++) await storage.commit([put(`/registry/m/${at % 400}`, `${at}`)]);
    await storage.commit([put("/registry/m/end", "e", 500), put("/elsewhere", "not ours")]);
    const before = await all(storage);
    const sections = await readSections(owners(storage));
    for (let at = 0; at < 400; at++) await storage.commit([{ type: "delete", key: `/registry/m/${at}` }]);
    expect(sections).toMatchObject([{ name: "storage", revision: 602, count: 401 }]);
    const read = await collect(sections[0]?.entries() ?? mergeEntries([]));
    expect(read.map((one) => one.modRevision)).toEqual([...read.map((one) => one.modRevision)].sort((a, b) => a - b));
    expect([...read].sort((one, other) => (one.key < other.key ? -1 : 1))).toEqual(before);
    expect(read.at(-1)).toMatchObject({ key: "/registry/m/end", expiresAt: expect.any(Number) });
  });

  it("reads values again that there was no room to keep", async () => {
    const storage = await memory();
    const large = "x".repeat(900_000);
    for (let at = 0; at < 50; at++) await storage.commit([put(`/registry/m/${at}`, `${at}${large}`, 1000)]);
    const [section] = await readSections(owners(storage));
    await storage.commit([put("/registry/m/49", "changed"), { type: "delete", key: "/registry/m/48" }]);
    const read = await collect(section?.entries() ?? mergeEntries([]));
    expect(read.map(({ value }) => value.toString("latin1", 0, 2))).toEqual(
      Array.from({ length: 50 }, (_one, at) => (at < 10 ? `${at}x` : `${at}`)),
    );
    expect(read.every(({ expiresAt }) => expiresAt !== undefined)).toBe(true);
  });

  it("says what to do when the state was compacted away", async () => {
    const storage = await memory();
    const large = "x".repeat(900_000);
    for (let at = 0; at < 50; at++) await storage.commit([put(`/registry/m/${at}`, large)]);
    const [section] = await readSections(owners(storage));
    const { revision } = await storage.commit([put("/registry/m/0", "changed")]);
    await storage.compact(revision);
    await expect(collect(section?.entries() ?? mergeEntries([]))).rejects.toThrow(
      "storage: the state of revision 51 was forgotten before it was read to its end: let the storage remember longer (compactionSeconds)",
    );
  });
});

describe("filling storages", () => {
  const entries = [
    entry("a", 2, "1"),
    entry("b", 5, "2", { createRevision: 3 }),
    entry("c", 5, "3"),
    entry("d", 8, "4", { expiresAt: Date.now() + 3_600_000 }),
  ];

  it("keeps revisions where the storage can", async () => {
    const storage = await memory();
    const progress: number[] = [];
    await fillStorages([section("storage", 9, entries)], owners(storage), (done, total) => {
      progress.push(done);
      expect(total).toBe(4);
    });
    expect(await all(storage)).toEqual(entries);
    expect(await storage.currentRevision()).toBe(9);
    expect(progress).toEqual([1, 2, 3, 4]);
  });

  it("writes in the order of revisions where it cannot, those of one together", async () => {
    const storage = await withoutRestore();
    const past = entry("gone", 7, "x", { expiresAt: Date.now() - 1 });
    await fillStorages([section("storage", 9, [...entries.slice(0, 3), past, ...entries.slice(3)])], owners(storage));
    const names = (await all(storage)).map((one) => [one.key.split("/").at(-1), one.modRevision, one.value.toString()]);
    expect(names).toEqual([
      ["a", 2, "1"],
      ["b", 3, "2"],
      ["c", 3, "3"],
      ["d", 4, "4"],
    ]);
    const [last] = storage.commits.at(-1) ?? [];
    expect(last).toMatchObject({ type: "put", expected: 0 });
    expect(last?.type === "put" ? last.ttlSeconds : 0).toBeGreaterThan(3500);
    expect(storage.commits.map((commit) => commit.length)).toEqual([1, 2, 1]);
  });

  it("refuses storages that hold something before it writes to any", async () => {
    const first = await memory();
    const second = await memory();
    await second.commit([put(`${THINGS}default/x`, "v")]);
    const filling = fillStorages([section("storage", 9, entries)], owners(first, second));
    await expect(filling).rejects.toThrow("storage-things.example.com holds objects already (1): nothing was written");
    expect(await all(first)).toEqual([]);
  });

  it("says that a storage was filled in part when somebody else writes to it", async () => {
    const storage = await withoutRestore();
    const meddling: Storage = {
      ...storage,
      commit: async (operations) => {
        if (storage.commits.length === 1) await storage.commit([put(entries[1]?.key ?? "", "mine")]);
        return storage.commit(operations);
      },
    };
    await expect(fillStorages([section("storage", 9, entries)], owners(meddling))).rejects.toThrow(
      "storage was filled only in part (objects written: 1): empty it before the next try: somebody else writes to it",
    );
  });

  it("puts each object where the config keeps it, however the source had them", async () => {
    const thing = entry("t", 3, "t", { key: `${THINGS}default/t`, createRevision: 2 });
    const maps = [entry("a", 2, "1"), entry("b", 3, "2")];
    const [first, second] = [await memory(), await memory()];
    const split = [
      section(
        "storage",
        7,
        [maps[0], maps[1], thing].filter((one) => one !== undefined),
      ),
    ];
    await fillStorages(split, owners(first, second));
    expect(await all(first)).toEqual(maps);
    expect(await all(second)).toEqual([thing]);
    expect(await second.currentRevision()).toBe(7);
    // And back: two storages with revisions of their own become one.
    const joined = await memory();
    await fillStorages(await readSections(owners(first, second)), owners(joined));
    expect((await all(joined)).map(({ key, modRevision }) => [key, modRevision])).toEqual(
      [...maps, thing].map(({ key, modRevision }) => [key, modRevision]),
    );
  });

  it("leaves out what a storage holds of resources that the config keeps elsewhere", async () => {
    const [first, second] = [await memory(), await memory()];
    await first.commit([put(`${THINGS}default/old`, "left behind"), put("/registry/m/a", "1")]);
    await second.commit([put(`${THINGS}default/new`, "2")]);
    const sections = await readSections(owners(first, second));
    const keys = await Promise.all(sections.map(async (one) => (await collect(one.entries())).map(({ key }) => key)));
    expect(keys).toEqual([["/registry/m/a"], [`${THINGS}default/new`]]);
  });
});
