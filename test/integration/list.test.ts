import type { TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { create, createNamespace, listOf, namesOf, objectOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { expectFailure } from "./support/expect-failure.js";
import { rollout, rolloutsOf } from "./support/rollouts.js";

const OPTIONS = { group: "meta.k8s.io", kind: "ListOptions" };
const INVALID = 'ListOptions.meta.k8s.io "" is invalid: ';

describe("GET of a collection", () => {
  let server: TestServer;
  let maps: string;

  beforeAll(async () => {
    server = await startExampleServer();
    maps = `${await createNamespace(server, "demo")}/configmaps`;
    for (const name of ["e", "b", "d", "a", "c"]) {
      const labels = { app: name < "c" ? "front" : "back", ...(name === "c" ? { extra: "" } : {}) };
      await create(server, maps, { metadata: { name, labels }, data: { name } });
    }
  });
  afterAll(() => server.stop());

  it("answers a list by name at the store's revision; typed items say no kind", async () => {
    const response = await server.request(maps);
    const list = listOf(response);
    expect(list).toMatchObject({ kind: "ConfigMapList", apiVersion: "v1" });
    expect(Object.keys(list.metadata)).toEqual(["resourceVersion"]);
    expect(namesOf(response)).toEqual(["a", "b", "c", "d", "e"]);
    for (const item of list.items) {
      expect(item).not.toHaveProperty("kind");
      expect(item).not.toHaveProperty("apiVersion");
    }
    const { kind, apiVersion, ...rest } = objectOf(await server.request(`${maps}/a`));
    expect({ kind, apiVersion }).toEqual({ kind: "ConfigMap", apiVersion: "v1" });
    expect(list.items[0]).toEqual(rest);
  });

  it("does so for classes of one's own too, which are typed unless they say otherwise", async () => {
    await create(server, rolloutsOf("demo"), rollout("one"));
    const list = listOf(await server.request(rolloutsOf("demo")));
    expect(list).toMatchObject({ kind: "RolloutList", apiVersion: "delivery.example.com/v1" });
    const { kind, apiVersion, ...rest } = objectOf(await server.request(`${rolloutsOf("demo")}/one`));
    expect({ kind, apiVersion }).toEqual({ kind: "Rollout", apiVersion: "delivery.example.com/v1" });
    expect(list.items).toEqual([rest]);
  });

  it("answers an empty list, also for a namespace that does not exist", async () => {
    const list = listOf(await server.request("/api/v1/namespaces/nowhere/configmaps"));
    expect(list).toEqual({
      kind: "ConfigMapList",
      apiVersion: "v1",
      metadata: { resourceVersion: expect.stringMatching(/^[1-9][0-9]*$/) },
      items: [],
    });
  });

  it("lists all namespaces at once, in the order of namespace and name", async () => {
    const other = `${await createNamespace(server, "alpha")}/configmaps`;
    await create(server, other, { metadata: { name: "z" } });
    const all = listOf(await server.request("/api/v1/configmaps"));
    const keys = all.items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    expect(keys).toEqual(["alpha/z", "demo/a", "demo/b", "demo/c", "demo/d", "demo/e"]);
  });

  it("pages with limit and continue at one revision, whatever is written meanwhile", async () => {
    const first = listOf(await server.request(`${maps}?limit=2`));
    expect(first.items.map((item) => item.metadata.name)).toEqual(["a", "b"]);
    expect(first.metadata.remainingItemCount).toBe(3);
    const token = JSON.parse(Buffer.from(first.metadata.continue ?? "", "base64url").toString());
    expect(token).toEqual({
      v: "meta.k8s.io/v1",
      rv: Number(first.metadata.resourceVersion),
      start: "/b\u0000",
    });
    await create(server, maps, { metadata: { name: "bb" } });
    const second = listOf(await server.request(`${maps}?limit=2&continue=${first.metadata.continue}`));
    expect(second.items.map((item) => item.metadata.name)).toEqual(["c", "d"]);
    expect(second.metadata).toMatchObject({
      resourceVersion: first.metadata.resourceVersion,
      remainingItemCount: 1,
    });
    const last = listOf(await server.request(`${maps}?limit=2&continue=${second.metadata.continue}`));
    expect(last.items.map((item) => item.metadata.name)).toEqual(["e"]);
    expect(last.metadata).toEqual({ resourceVersion: first.metadata.resourceVersion });
    await server.request(`${maps}/bb`, { method: "DELETE" });
  });

  it("does not count what remains when there are selectors, and pages over the matches", async () => {
    const first = listOf(await server.request(`${maps}?limit=1&labelSelector=app%3Dback`));
    expect(first.items.map((item) => item.metadata.name)).toEqual(["c"]);
    expect(Object.keys(first.metadata).sort()).toEqual(["continue", "resourceVersion"]);
    const next = await server.request(`${maps}?labelSelector=app%3Dback&continue=${first.metadata.continue}`);
    expect(namesOf(next)).toEqual(["d", "e"]);
  });

  it.each([
    ["labelSelector=app=front", ["a", "b"]],
    ["labelSelector=app!=front", ["c", "d", "e"]],
    ["labelSelector=app in (front,back),extra", ["c"]],
    ["labelSelector=app notin (front),!extra", ["d", "e"]],
    ["labelSelector=extra=", ["c"]],
    ["fieldSelector=metadata.name=d", ["d"]],
    ["fieldSelector=metadata.name!=d,metadata.namespace=demo", ["a", "b", "c", "e"]],
    ["fieldSelector=metadata.namespace=other", []],
    ["fieldSelector=metadata.name=a&labelSelector=app=back", []],
    ["limit=0", ["a", "b", "c", "d", "e"]],
    ["limit=2&resourceVersion=0", ["a", "b", "c", "d", "e"]],
    ["resourceVersion=1", ["a", "b", "c", "d", "e"]],
    ["resourceVersion=1&resourceVersionMatch=NotOlderThan", ["a", "b", "c", "d", "e"]],
    ["unknown=parameter", ["a", "b", "c", "d", "e"]],
  ])("%s", async (query, names) => {
    expect(namesOf(await server.request(`${maps}?${encodeURI(query)}`))).toEqual(names);
  });

  it("selects by the fields that a resource declares", async () => {
    const rollouts = rolloutsOf("alpha");
    await create(server, rollouts, rollout("one", { image: "web:1" }));
    await create(server, rollouts, rollout("two", { image: "web:2" }));
    expect(namesOf(await server.request(`${rollouts}?fieldSelector=spec.image%3Dweb:2`))).toEqual(["two"]);
    const unknown = await server.request(`${rollouts}?fieldSelector=spec.replicas%3D1`);
    expectFailure(unknown, 400, "BadRequest", "field label not supported: spec.replicas");
    const phase = await server.request("/api/v1/namespaces?fieldSelector=status.phase%3DActive");
    expect(namesOf(phase)).toContain("demo");
    const none = await server.request("/api/v1/namespaces?fieldSelector=status.phase%3DTerminating");
    expect(namesOf(none)).toEqual([]);
    const secrets = "/api/v1/namespaces/demo/secrets";
    await create(server, secrets, { metadata: { name: "plain" } });
    await create(server, secrets, { metadata: { name: "special" }, type: "example.com/special" });
    expect(namesOf(await server.request(`${secrets}?fieldSelector=type%3DOpaque`))).toEqual(["plain"]);
  });

  it("answers a past revision exactly", async () => {
    const { metadata } = listOf(await server.request(maps));
    await create(server, maps, { metadata: { name: "later" } });
    const exact = `${maps}?resourceVersion=${metadata.resourceVersion}&resourceVersionMatch=Exact`;
    const then = await server.request(exact);
    expect(namesOf(then)).toEqual(["a", "b", "c", "d", "e"]);
    expect(listOf(then).metadata.resourceVersion).toBe(metadata.resourceVersion);
    await server.request(`${maps}/later`, { method: "DELETE" });
  });

  it("answers 504 for a revision that does not come", async () => {
    const response = await server.request(`${maps}?resourceVersion=99999999&resourceVersionMatch=NotOlderThan`);
    expect(response.status).toBe(504);
    expect(response.json()).toMatchObject({
      reason: "Timeout",
      message: expect.stringMatching(/^Timeout: Too large resource version: 99999999, current: \d+$/),
      details: {
        causes: [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }],
        retryAfterSeconds: 1,
      },
    });
  });

  it.each([
    [
      "resourceVersionMatch=Exact",
      "resourceVersionMatch",
      "Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided",
      "FieldValueForbidden",
    ],
    [
      "resourceVersionMatch=Exact&resourceVersion=0",
      "resourceVersionMatch",
      'Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
      "FieldValueForbidden",
    ],
    [
      "resourceVersionMatch=Newest&resourceVersion=1",
      "resourceVersionMatch",
      'Unsupported value: "Newest": supported values: "Exact", "NotOlderThan", ""',
      "FieldValueNotSupported",
    ],
    [
      "sendInitialEvents=true",
      "sendInitialEvents",
      "Forbidden: sendInitialEvents is forbidden for list",
      "FieldValueForbidden",
    ],
  ])("refuses %s", async (query, field, message, reason) => {
    const response = await server.request(`${maps}?${query}`);
    const details = { ...OPTIONS, causes: [{ reason, message, field }] };
    expectFailure(response, 422, "Invalid", `${INVALID}${field}: ${message}`, details);
  });

  it.each([
    ["labelSelector=a b", /^unable to parse requirement: found 'b', expected: /],
    ["labelSelector=!", /^unable to parse requirement: /],
    ["labelSelector=a in (", /^unable to parse requirement: /],
    ["labelSelector=-a", /^unable to parse requirement: /],
    ["labelSelector=a=b c", /^(unable to parse requirement|found ')/],
    ["fieldSelector=metadata.name", /^invalid selector: 'metadata.name'; can't understand 'metadata.name'$/],
    [
      "fieldSelector=data.x=1",
      /^"data\.x" is not a known field selector: only "metadata\.name", "metadata\.namespace"$/,
    ],
    ["resourceVersion=abc", /^invalid resource version: /],
    ["resourceVersion=-1", /^invalid resource version: /],
    ["limit=many", /^strconv\.ParseInt: parsing "many": invalid syntax$/],
    ["continue=abc", /^invalid continue token: continue key is not valid: /],
    ["continue=e30", /^invalid continue token: continue key is not valid: server does not recognize this encoded/],
  ])("answers 400 to %s", async (query, message) => {
    const response = await server.request(`${maps}?${encodeURI(query)}`);
    expect(response.json()).toEqual({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: expect.stringMatching(message),
      reason: "BadRequest",
      code: 400,
    });
    expect(response.status).toBe(400);
  });

  it("takes no resourceVersion beside a token", async () => {
    const { metadata } = listOf(await server.request(`${maps}?limit=1`));
    const response = await server.request(`${maps}?continue=${metadata.continue}&resourceVersion=5`);
    const message = "specifying resource version is not allowed when using continue";
    expectFailure(response, 400, "BadRequest", message);
  });
});
