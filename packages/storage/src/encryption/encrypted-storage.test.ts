import type { EncryptionProvider, StorageEventBatch } from "@quarterdeck/sdk";
import { MemoryStorage } from "@quarterdeck/storage-memory";
import { storageContract } from "@quarterdeck/testing/storage-contract";
import { describe, expect, it } from "vitest";
import { EncryptedStorage } from "./encrypted-storage.js";
import { IDENTITY } from "./identity-provider.js";
import { PrefixedTransformer } from "./prefixed-transformer.js";
import { SampleProvider } from "./sample-provider.fixture.js";

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const nothingOnDisk = "memory does not outlive the process";

async function memory(): Promise<MemoryStorage> {
  const storage = new MemoryStorage({ compactionSeconds: 0, maxValueBytes: 4096 }, logger);
  await storage.open();
  return storage;
}

function over(storage: MemoryStorage, first: EncryptionProvider, ...others: EncryptionProvider[]): EncryptedStorage {
  const transformer = new PrefixedTransformer(first, others);
  return new EncryptedStorage(storage, () => transformer);
}

for (const late of [false, true]) {
  storageContract({
    name: late ? "an encrypted storage whose provider answers later" : "an encrypted storage",
    async create() {
      const backend = await memory();
      return { storage: over(backend, new SampleProvider(7, late)), destroy: () => backend.close() };
    },
    skip: {
      "takes a value of the limit and refuses one above it": "the backend counts the encrypted bytes",
      "reopening keeps entries, history and revisions": nothingOnDisk,
      "notes outlive a reopening": nothingOnDisk,
      "what was restored outlives a reopening": nothingOnDisk,
      "revisions never go back, even when all was deleted and compacted": nothingOnDisk,
      "a TTL outlives a reopening": nothingOnDisk,
      "closing ends watches silently and lets commits under way finish": nothingOnDisk,
    },
  });
}

async function put(storage: EncryptedStorage | MemoryStorage, key: string, value: string): Promise<void> {
  await storage.commit([{ type: "put", key, value: Buffer.from(value) }]);
}

async function told(storage: EncryptedStorage, after: number): Promise<{ texts: string[]; errors: Error[] }> {
  const texts: string[] = [];
  const errors: Error[] = [];
  const onBatch = ({ events }: StorageEventBatch): void => {
    texts.push(...events.map(({ value }) => value?.toString() ?? "-"));
  };
  await storage.watch({ prefix: "/", after, onBatch, onEnd: (error) => errors.push(error) });
  return { texts, errors };
}

describe("EncryptedStorage", () => {
  it("lets the backend see the prefix and nothing of the value", async () => {
    const backend = await memory();
    await put(over(backend, new SampleProvider(7)), "/a", "plain text");
    const stored = (await backend.get("/a")).entry?.value.toString("latin1") ?? "";
    expect(stored.startsWith("k8s:enc:sample7:v1:2:")).toBe(true);
    expect(stored).not.toContain("plain text");
  });

  it("tells watches the very bytes that were committed, without decrypting them", async () => {
    const backend = await memory();
    const provider = new SampleProvider(7);
    const storage = over(backend, provider);
    const seen: (Buffer | undefined)[] = [];
    const onBatch = ({ events }: StorageEventBatch): void => void seen.push(...events.map(({ value }) => value));
    await storage.watch({ prefix: "/", after: 1, onBatch, onEnd: () => {} });
    const value = Buffer.from("shared");
    await storage.commit([{ type: "put", key: "/a", value }]);
    expect(seen).toEqual([value]);
    expect(seen[0]).toBe(value);
    expect(provider.decrypted).toBe(0);
  });

  it("tells watches before the commit resolves, also while an earlier event is still being decrypted", async () => {
    const backend = await memory();
    const storage = over(backend, new SampleProvider(7, true));
    await put(storage, "/a", "one");
    const watching = told(storage, 1);
    await put(storage, "/a", "two");
    const { texts } = await watching;
    expect(texts).toEqual(["one", "two"]);
    await put(storage, "/a", "three");
    expect(texts).toEqual(["one", "two", "three"]);
  });

  it("keeps the order of what needs no waiting behind what does", async () => {
    const backend = await memory();
    const late = new SampleProvider(7, true);
    await put(over(backend, late), "/a", "one");
    await put(over(backend, new SampleProvider(9)), "/b", "two");
    await put(over(backend, late), "/a", "three");
    const { texts, errors } = await told(over(backend, late, new SampleProvider(9)), 1);
    expect([texts, errors]).toEqual([["one", "two", "three"], []]);
  });

  it.each([false, true])("ends a watch at what cannot be read (late: %s)", async (late) => {
    const backend = await memory();
    const provider = new SampleProvider(7, late);
    const storage = over(backend, provider);
    const { texts, errors } = await told(storage, 1);
    await put(storage, "/a", "one");
    await put(over(backend, new SampleProvider(9)), "/b", "foreign");
    await put(storage, "/a", "three");
    expect(texts).toEqual(["one"]);
    expect(errors.map(({ message }) => message)).toEqual(['unable to transform key "/b": no matching prefix found']);
    await put(storage, "/a", "four");
    expect(texts).toEqual(["one"]);
  });

  it("fails a commit whose value cannot be encrypted, and writes nothing", async () => {
    const backend = await memory();
    const provider = new SampleProvider(7);
    provider.failure = new Error("no key");
    await expect(put(over(backend, provider), "/a", "one")).rejects.toThrow("no key");
    expect(await backend.currentRevision()).toBe(1);
  });

  it("finds stale what another than the first provider wrote", async () => {
    const backend = await memory();
    const [old, next] = [new SampleProvider(7), new SampleProvider(9)];
    await put(over(backend, old), "/a", "one");
    const rotated = over(backend, next, old, IDENTITY);
    expect([await rotated.stale("/a"), await over(backend, old).stale("/a")]).toEqual([true, false]);
    await put(over(backend, IDENTITY), "/b", "{}");
    expect([await rotated.stale("/b"), await over(backend, IDENTITY).stale("/b")]).toEqual([true, false]);
    expect(await rotated.stale("/absent")).toBe(false);
  });

  it("never takes an encrypted value for an object", async () => {
    const backend = await memory();
    await put(over(backend, new SampleProvider(7)), "/a", "one");
    const storage = new EncryptedStorage(backend, () => IDENTITY);
    await expect(storage.get("/a")).rejects.toThrow(
      'unable to transform key "/a": identity transformer tried to read encrypted data',
    );
    await expect(over(backend, IDENTITY, new SampleProvider(9)).range({ prefix: "/" })).rejects.toThrow(
      'unable to transform key "/a": no matching prefix found',
    );
    const { entry } = await over(backend, IDENTITY, new SampleProvider(7)).get("/a");
    expect(entry?.value.toString()).toBe("one");
  });

  it("tries all providers of a prefix, and tells every reason", async () => {
    const backend = await memory();
    const [broken, also] = [new SampleProvider(7), new SampleProvider(7)];
    await put(over(backend, new SampleProvider(7)), "/a", "one");
    broken.failure = new Error("first reason");
    expect((await over(backend, broken, also).get("/a")).entry?.value.toString()).toBe("one");
    also.failure = new Error("second reason");
    await expect(over(backend, broken, also).get("/a")).rejects.toThrow(
      'unable to transform key "/a": [first reason, second reason]',
    );
  });
});
