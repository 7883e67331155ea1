import type { WatchOptions } from "@quarterdeck/storage";
import { describe, expect, it } from "vitest";
import { createObject } from "./create.js";
import { getObject } from "./get.js";
import { listObjects } from "./list.js";
import { parseListQuery } from "./query/parse-list-query.js";
import type { Fixture } from "./resource.fixture.js";
import { bodyOf, configMaps, fixtureOf, refusal, rollout, rollouts, rolloutVersion } from "./resource.fixture.js";
import { watchObjects } from "./watch.js";

const DELIVERY = { onChange: () => {}, onBookmark: () => {}, onEnd: () => {} };

function list(fixture: Fixture, query: string, over = {}) {
  return listObjects(fixture.resource, fixture.request(over), parseListQuery(query));
}

function watch(fixture: Fixture, query: string, over = {}) {
  return watchObjects(fixture.resource, fixture.request(over), parseListQuery(query), DELIVERY);
}

async function filled(): Promise<Fixture> {
  const fixture = rollouts();
  for (const [name, image, labels] of [
    ["a", "web", { tier: "x" }],
    ["b", "web", {}],
    ["c", "db", { tier: "x" }],
  ] as const) {
    await createObject(fixture.resource, fixture.request(), bodyOf(rollout(name, { image }, { labels })));
  }
  return fixture;
}

describe("getObject", () => {
  it("answers the object, or 404 with its details (row 8)", async () => {
    const fixture = await filled();
    expect((await getObject(fixture.resource, fixture.request({ name: "a" }), "")).name).toBe("a");
    const maps = configMaps();
    expect((await refusal(() => getObject(maps.resource, maps.request({ name: "nope" }), ""))).status).toMatchObject({
      code: 404,
      reason: "NotFound",
      message: 'configmaps "nope" not found',
      details: { name: "nope", kind: "configmaps" },
    });
    await getObject(fixture.resource, fixture.request({ name: "a" }), "7");
    expect(fixture.store.reads.at(-1)).toMatchObject({ resourceVersion: "7" });
  });

  it.each(["a/b", "..", ".", "a%2fb", "a\0"])("keeps %j out of the key space", async (name) => {
    const fixture = configMaps({ namespaced: false });
    expect((await refusal(() => getObject(fixture.resource, fixture.request({ name }), ""))).code).toBe(400);
    const inside = configMaps();
    expect(
      (await refusal(() => getObject(inside.resource, inside.request({ name: "x", namespace: name }), ""))).code,
    ).toBe(400);
    expect([fixture.store.reads, inside.store.reads]).toEqual([[], []]);
  });
});

describe("listObjects", () => {
  it.each([
    ["", ["a", "b", "c"]],
    ["labelSelector=tier%3Dx", ["a", "c"]],
    ["labelSelector=!tier", ["b"]],
    ["fieldSelector=metadata.name%3Db", ["b"]],
    ["fieldSelector=metadata.name!%3Db", ["a", "c"]],
    ["fieldSelector=metadata.namespace%3Dother", []],
    ["fieldSelector=spec.image%3Dweb", ["a", "b"]],
    ["fieldSelector=spec.image%3Dweb&labelSelector=tier", ["a"]],
  ])("chooses by %s", async (query, names) => {
    expect((await list(await filled(), query)).items.map((one) => one.name)).toEqual(names);
  });

  it("gives the store what it can use itself", async () => {
    const fixture = await filled();
    await list(fixture, "limit=1&resourceVersion=2&resourceVersionMatch=Exact");
    await list(fixture, "fieldSelector=metadata.name%3Db,metadata.namespace%3Ddemo", { namespace: "" });
    await list(fixture, "continue=1&limit=1");
    expect(fixture.store.lists).toMatchObject([
      {
        namespace: "demo",
        name: undefined,
        limit: 1,
        resourceVersion: "2",
        resourceVersionMatch: "Exact",
        predicate: undefined,
      },
      { namespace: "demo", name: "b", limit: 0 },
      { namespace: "demo", limit: 1, continueToken: "1" },
    ]);
  });

  it("reads selectable fields in the request's version", async () => {
    const version = rolloutVersion({ fromStorage: (object) => ({ ...object, spec: { image: "converted" } }) });
    const fixture = fixtureOf(version);
    await createObject(fixture.resource, fixture.request(), bodyOf(rollout("a", { image: "web" })));
    expect((await list(fixture, "fieldSelector=spec.image%3Dconverted")).items).toHaveLength(1);
  });

  it("refuses unknown fields in the words of each flavour", async () => {
    const query = "fieldSelector=data.x%3D1";
    expect((await refusal(() => list(configMaps(), query))).status).toMatchObject({
      code: 400,
      reason: "BadRequest",
      message: '"data.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
    });
    expect((await refusal(() => list(rollouts(), query))).message).toBe("field label not supported: data.x");
  });

  it.each([
    [
      "resourceVersionMatch=Exact",
      "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided",
    ],
    [
      "resourceVersionMatch=Exact&resourceVersion=0",
      'resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    ],
    [
      "resourceVersionMatch=x&resourceVersion=1",
      'resourceVersionMatch: Unsupported value: "x": supported values: "Exact", "NotOlderThan", ""',
    ],
    [
      "resourceVersionMatch=Exact&resourceVersion=1&continue=x",
      "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided",
    ],
    ["sendInitialEvents=true", "sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list"],
  ])("refuses %s", async (query, detail) => {
    expect((await refusal(() => list(configMaps(), query))).status).toMatchObject({
      code: 422,
      reason: "Invalid",
      message: `ListOptions.meta.k8s.io "" is invalid: ${detail}`,
      details: { group: "meta.k8s.io", kind: "ListOptions" },
    });
  });

  it("takes no resourceVersion with a continue token, but 0", async () => {
    const error = await refusal(() => list(configMaps(), "continue=1&resourceVersion=5"));
    expect(error.status).toMatchObject({
      code: 400,
      message: "specifying resource version is not allowed when using continue",
    });
    await list(configMaps(), "continue=1&resourceVersion=0");
  });
});

describe("watchObjects", () => {
  it("gives the store the selection and the delivery", async () => {
    const fixture = await filled();
    await watch(fixture, "watch=1&resourceVersion=3&allowWatchBookmarks=true&labelSelector=tier", { namespace: "" });
    await watch(fixture, "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan");
    const [first, second] = fixture.store.watches;
    expect(first).toMatchObject({
      namespace: "",
      resourceVersion: "3",
      allowBookmarks: true,
      sendInitialEvents: undefined,
    });
    expect(
      fixture.store
        .peekAll("")
        .filter((one) => first?.predicate?.(one))
        .map((one) => one.name),
    ).toEqual(["a", "c"]);
    expect(second).toMatchObject({
      namespace: "demo",
      resourceVersion: undefined,
      sendInitialEvents: true,
      allowBookmarks: false,
    });
  });

  it("passes what the store delivers on", async () => {
    const fixture = await filled();
    const seen: unknown[] = [];
    await watchObjects(fixture.resource, fixture.request(), parseListQuery("watch=1"), {
      onChange: (...all) => seen.push(all),
      onBookmark: (...all) => seen.push(all),
      onEnd: (...all) => seen.push(all),
    });
    const [object] = fixture.store.peekAll("");
    if (object === undefined) throw new Error("nothing stored");
    const change: Parameters<WatchOptions["onChange"]>[1] = { object, frame: (_, make) => make(object) };
    fixture.store.watches[0]?.onChange("ADDED", change);
    fixture.store.watches[0]?.onBookmark(9, true);
    fixture.store.watches[0]?.onEnd(undefined);
    expect(seen).toEqual([["ADDED", change], [9, true], [undefined]]);
  });

  it("takes the name of a legacy path for a field selector", async () => {
    const fixture = await filled();
    await watch(fixture, "", { name: "a" });
    expect(fixture.store.watches[0]?.name).toBe("a");
    const error = await refusal(() => watch(fixture, "fieldSelector=metadata.name%3Db", { name: "a" }));
    expect(error.message).toBe("fieldSelector metadata.name doesn't match requested name");
  });

  it.each([
    [
      "sendInitialEvents=true",
      "resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
    ],
    [
      "resourceVersionMatch=NotOlderThan",
      "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided",
    ],
    [
      "sendInitialEvents=1&resourceVersionMatch=Exact",
      '[resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan, resourceVersionMatch: Unsupported value: "Exact": supported values: "NotOlderThan"]',
    ],
  ])("refuses %s", async (query, detail) => {
    const error = await refusal(() => watch(configMaps(), `watch=1&${query}`));
    expect([error.code, error.message]).toEqual([422, `ListOptions.meta.k8s.io "" is invalid: ${detail}`]);
  });
});
