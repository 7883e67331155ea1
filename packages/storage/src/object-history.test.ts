import { expect, test } from "vitest";
import { configMap, startStore, written } from "../test/fixture.js";
import { WrappedStorage } from "../test/wrapped-storage.js";

const place = { namespace: "default", name: "a" };
const note = (text: string) => ({ note: Buffer.from(text) });

test("the history of an object tells its states, its end and what was noted", async () => {
  const storage = await WrappedStorage.open();
  const store = await startStore(storage);
  const first = written(await store.create(place, configMap("default", "a", { k: "1" }), note("made")));
  const second = written(await store.replace(first, configMap("default", "a", { k: "2" }), note("changed")));
  const gone = written(await store.remove(second, note("removed")));
  const again = written(await store.create(place, configMap("default", "a", { k: "3" })));
  const { versions, more, revision } = await store.history(place);
  expect(more).toBe(false);
  expect(revision).toBe(again.revision);
  expect(versions.map((version) => [version.revision, version.note?.toString()])).toEqual([
    [again.revision, undefined],
    [gone.revision, "removed"],
    [second.revision, "changed"],
    [first.revision, "made"],
  ]);
  expect(versions.map((version) => version.object?.object.data)).toEqual([
    { k: "3" },
    undefined,
    { k: "2" },
    { k: "1" },
  ]);
  expect(versions[2]?.object?.object.metadata.resourceVersion).toBe(String(second.revision));
  store.stop();
});

test("a page of a history goes on before the last revision told", async () => {
  const store = await startStore(await WrappedStorage.open());
  let current = written(await store.create(place, configMap("default", "a", { k: "0" })));
  for (const k of ["1", "2"]) current = written(await store.replace(current, configMap("default", "a", { k })));
  const page = await store.history(place, { limit: 2 });
  expect(page.more).toBe(true);
  const rest = await store.history(place, { before: page.versions.at(-1)?.revision ?? 0 });
  expect(rest.versions.map((version) => version.object?.object.data)).toEqual([{ k: "0" }]);
  expect((await store.history({ namespace: "default", name: "never" })).versions).toEqual([]);
  store.stop();
});
