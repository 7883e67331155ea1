import { deny } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { createObject } from "./create.js";
import { deleteCollection } from "./delete-collection.js";
import { parseListQuery } from "./query/parse-list-query.js";
import type { DeleteOptions } from "./registry-resource.js";
import type { Fixture } from "./resource.fixture.js";
import { bodyOf, configMaps, refusal } from "./resource.fixture.js";

async function fill(fixture: Fixture, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const metadata = { name: `x${index}`, labels: { parity: index % 2 === 0 ? "even" : "odd" } };
    await createObject(fixture.resource, fixture.request(), bodyOf({ metadata }));
  }
}

function names(fixture: Fixture): string[] {
  return fixture.store
    .peekAll("")
    .map((one) => one.name)
    .sort();
}

describe("deleteCollection", () => {
  it("deletes what the selector chooses and answers the list as it was", async () => {
    const fixture = configMaps();
    await fill(fixture, 5);
    const page = await deleteCollection(
      fixture.resource,
      fixture.request(),
      parseListQuery("labelSelector=parity%3Deven"),
      {},
    );
    expect(page.items.map((one) => one.name)).toEqual(["x0", "x2", "x4"]);
    expect(names(fixture)).toEqual(["x1", "x3"]);
  });

  it("stops at the limit that was asked for", async () => {
    const fixture = configMaps();
    await fill(fixture, 5);
    const page = await deleteCollection(fixture.resource, fixture.request(), parseListQuery("limit=2"), {});
    expect([page.items.length, page.continueToken]).toEqual([2, "2"]);
    expect(names(fixture)).toHaveLength(3);
  });

  it("goes on past its own pages", async () => {
    const fixture = configMaps();
    await fill(fixture, 5);
    const { store } = fixture;
    const list = store.list.bind(store);
    const all = [...store.peekAll("")];
    let asked = 0;
    store.list = async (options) => {
      const page = await list({ ...options, continueToken: undefined, limit: 0 });
      const start = asked++ * 2;
      return {
        ...page,
        items: all.slice(start, start + 2),
        continueToken: start + 2 < all.length ? `${start + 2}` : undefined,
      };
    };
    const page = await deleteCollection(fixture.resource, fixture.request(), parseListQuery(""), {});
    expect([page.items.length, page.continueToken, asked]).toEqual([5, undefined, 3]);
    expect(names(fixture)).toEqual([]);
  });

  it("ends with the first refusal", async () => {
    const fixture = configMaps({}, [
      {
        handles: (operation) => operation === "DELETE",
        validate: ({ name }) => (name === "x1" ? deny("no") : undefined),
      },
    ]);
    await fill(fixture, 3);
    const error = await refusal(() => deleteCollection(fixture.resource, fixture.request(), parseListQuery(""), {}));
    expect(error.message).toBe('configmaps "x1" is forbidden: no');
    expect(names(fixture)).toContain("x1");
  });

  function remove(fixture: Fixture, query: string, options: DeleteOptions) {
    return deleteCollection(fixture.resource, fixture.request(), parseListQuery(query), options);
  }

  it("holds the preconditions against each object: the first that fails ends it", async () => {
    const fixture = configMaps();
    await fill(fixture, 3);
    const error = await refusal(() => remove(fixture, "", { preconditions: { resourceVersion: "2" } }));
    expect(error.message).toContain("the ResourceVersion in the precondition (2) does not match");
    expect(names(fixture)).toEqual(["x1", "x2"]);
  });

  it("gives each object the finalizers of the policy, and answers the list as it was", async () => {
    const fixture = configMaps();
    await fill(fixture, 2);
    const page = await remove(fixture, "", { propagationPolicy: "Foreground" });
    expect(page.items.map(({ object }) => object.metadata.finalizers)).toEqual([undefined, undefined]);
    const marks = fixture.store.peekAll("").map(({ object }) => object.metadata);
    expect(marks).toMatchObject([{ finalizers: ["foregroundDeletion"] }, { finalizers: ["foregroundDeletion"] }]);
  });

  it("deletes nothing on a dry run, wherever it is asked for", async () => {
    const fixture = configMaps();
    await fill(fixture, 2);
    expect((await remove(fixture, "", { dryRun: ["All"] })).items).toHaveLength(2);
    expect(names(fixture)).toHaveLength(2);
  });

  it("goes on where a token says, as far as the limit", async () => {
    const fixture = configMaps();
    await fill(fixture, 5);
    const page = await remove(fixture, "limit=2&continue=1", {});
    expect(page.items.map((one) => one.name)).toEqual(["x1", "x2"]);
    expect(names(fixture)).toEqual(["x0", "x3", "x4"]);
  });

  it.each([
    ["resourceVersionMatch=Exact", 422],
    ["resourceVersion=1&continue=1", 400],
    ["fieldSelector=data.x%3D1", 400],
    ["sendInitialEvents=true", 422],
  ])("refuses a list that says nonsense, and deletes nothing: %s", async (query, code) => {
    const fixture = configMaps();
    await fill(fixture, 1);
    expect((await refusal(() => remove(fixture, query, {}))).code).toBe(code);
    expect(names(fixture)).toEqual(["x0"]);
  });

  it("does not mind objects that others deleted meanwhile", async () => {
    const fixture = configMaps();
    await fill(fixture, 2);
    fixture.store.interfere = async () => fixture.store.objects.clear();
    const page = await deleteCollection(fixture.resource, fixture.request(), parseListQuery(""), {});
    expect(page.items).toHaveLength(2);
  });
});
