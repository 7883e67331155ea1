import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { createObject } from "./create.js";
import { patchObject } from "./patch.js";
import type { Fixture } from "./resource.fixture.js";
import { bodyOf, configMaps, refusal, rollout, rollouts } from "./resource.fixture.js";

async function stored(fixture: Fixture, body: JsonObject) {
  return createObject(fixture.resource, fixture.request(), bodyOf(body));
}

function patch(fixture: Fixture, kind: string, body: JsonValue, over = {}, subresource: "" | "status" = "") {
  const type = kind.includes("/") ? kind : `application/${kind}-patch+json`;
  return patchObject(
    fixture.resource,
    fixture.request({ name: "x", ...over }),
    { type, body: Buffer.from(JSON.stringify(body)) },
    subresource,
  );
}

describe("patchObject", () => {
  it("merges, and null removes (row 17)", async () => {
    const fixture = configMaps();
    await stored(fixture, { metadata: { name: "x" }, data: { a: "1", b: "2" } });
    const { object, created } = await patch(fixture, "merge", { data: { a: null, c: "3" } });
    expect([created, object.object.data]).toEqual([false, { b: "2", c: "3" }]);
    expect(object.object.metadata.resourceVersion).toBe("3");
  });

  it("does not write when nothing changes (row 17)", async () => {
    const fixture = configMaps();
    await stored(fixture, { metadata: { name: "x" }, data: { a: "1" } });
    const { object } = await patch(fixture, "merge", { data: { x: null } });
    expect([object.object.metadata.resourceVersion, fixture.store.writes]).toEqual(["2", 1]);
  });

  it("applies the operations of a JSON patch", async () => {
    const fixture = rollouts();
    await stored(fixture, rollout("x", { image: "a" }));
    const { object } = await patch(fixture, "json", [
      { op: "test", path: "/spec/image", value: "a" },
      { op: "replace", path: "/spec/image", value: "b" },
      { op: "add", path: "/metadata/labels", value: { "a/b": "1" } },
    ]);
    expect(object.object).toMatchObject({ metadata: { generation: 2, labels: { "a/b": "1" } }, spec: { image: "b" } });
  });

  it.each([
    [[{ op: "test", path: "/spec/image", value: "z" }]],
    [[{ op: "remove", path: "/spec/nothing" }]],
    [[{ op: "replace", path: "", value: 3 }]],
  ])("answers 422 when it does not fit: %j", async (operations) => {
    const fixture = rollouts();
    await stored(fixture, rollout("x", { image: "a" }));
    const error = await refusal(() => patch(fixture, "json", operations));
    expect(error.status).toEqual({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: "the server rejected our request due to an error in our request",
      reason: "Invalid",
      details: {},
      code: 422,
    });
    expect(fixture.store.writes).toBe(1);
  });

  it("answers 400 for a patch that is none, 415 for another type", async () => {
    const fixture = rollouts();
    await stored(fixture, rollout("x"));
    expect((await refusal(() => patch(fixture, "json", { op: "add" }))).message).toMatch(/^error decoding patch: /);
    expect((await refusal(() => patch(fixture, "merge", [1]))).code).toBe(400);
    const malformed = { type: "application/merge-patch+json", body: Buffer.from("{") };
    expect(
      (await refusal(() => patchObject(fixture.resource, fixture.request({ name: "x" }), malformed, ""))).code,
    ).toBe(400);
    expect((await refusal(() => patch(fixture, "application/json", {}))).status).toMatchObject({
      code: 415,
      reason: "UnsupportedMediaType",
      message:
        "the body of the request was in an unknown format - accepted media types include: " +
        "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml",
    });
    await patch(fixture, "application/merge-patch+json; charset=utf-8", { spec: { image: "b" } });
  });

  it("lets two writers both have their way (row 59)", async () => {
    const fixture = rollouts();
    await stored(fixture, rollout("x"));
    fixture.store.interfere = () => patch(fixture, "merge", { metadata: { labels: { faster: "1" } } });
    const { object } = await patch(fixture, "merge", { metadata: { labels: { slower: "1" } } });
    expect(object.object.metadata).toMatchObject({ labels: { faster: "1", slower: "1" }, resourceVersion: "4" });
  });

  it("refuses a stale resourceVersion in the patch, and takes the current one", async () => {
    const fixture = rollouts();
    await stored(fixture, rollout("x"));
    expect((await refusal(() => patch(fixture, "merge", { metadata: { resourceVersion: "1" } }))).code).toBe(409);
    await patch(fixture, "merge", { metadata: { resourceVersion: "2" }, spec: { image: "b" } });
    fixture.store.interfere = () => patch(fixture, "merge", { spec: { image: "c" } });
    expect(
      (await refusal(() => patch(fixture, "merge", { metadata: { resourceVersion: "3" }, spec: { image: "d" } }))).code,
    ).toBe(409);
  });

  it("patches the status alone on /status", async () => {
    const fixture = rollouts();
    await stored(fixture, rollout("x", { image: "a" }));
    const { object } = await patch(fixture, "merge", { spec: { image: "b" }, status: { replicas: 2 } }, {}, "status");
    expect(object.object).toMatchObject({ spec: { image: "a" }, status: { replicas: 2 }, metadata: { generation: 1 } });
    const main = await patch(fixture, "merge", { status: { replicas: 3 } });
    expect(main.object.object.status).toEqual({ replicas: 2 });
  });

  it("refuses unknown fields under Strict and warns under Warn", async () => {
    const fixture = rollouts();
    await stored(fixture, rollout("x"));
    const error = await refusal(() => patch(fixture, "merge", { spec: { foo: 1 } }, { fieldValidation: "Strict" }));
    expect(error.code).toBe(422);
    expect(error.message).toMatch(
      /^ "" is invalid: patch: Invalid value: ".*": strict decoding error: unknown field "spec\.foo"$/,
    );
    await patch(fixture, "merge", { spec: { foo: 1 } });
    expect(fixture.warnings).toEqual(['unknown field "spec.foo"']);
    expect(fixture.store.writes).toBe(1);
  });

  it.each([
    [{ metadata: { name: "y" } }, 400],
    [{ metadata: { namespace: "y" } }, 400],
    [{ kind: "Job" }, 422],
    [{ metadata: "x" }, 422],
    [{ metadata: { uid: "zzz" } }, 422],
    [{ metadata: { labels: { a: 1 } } }, 422],
    [{ spec: { replicas: "x" } }, 422],
    [{ spec: { replicas: -1 } }, 422],
  ])("refuses %j", async (body, code) => {
    const fixture = rollouts();
    await stored(fixture, rollout("x"));
    expect((await refusal(() => patch(fixture, "merge", body))).code).toBe(code);
    expect(fixture.store.writes).toBe(1);
  });

  it("refuses another kind for typed objects too", async () => {
    const fixture = configMaps();
    await stored(fixture, { metadata: { name: "x" } });
    const error = await refusal(() => patch(fixture, "merge", { kind: "Secret" }));
    expect([error.code, error.message]).toEqual([422, expect.stringContaining("Secret in version")]);
  });

  it("is 404 for an object that is not there", async () => {
    expect((await refusal(() => patch(rollouts(), "merge", {}))).code).toBe(404);
  });

  it("refuses a result that is nested too deeply", async () => {
    const fixture = rollouts();
    const nested = (depth: number) => JSON.parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`);
    await stored(fixture, rollout("x", { free: nested(600) }));
    const path = `/spec/free${"/a".repeat(599)}`;
    expect((await refusal(() => patch(fixture, "json", [{ op: "replace", path, value: nested(600) }]))).code).toBe(422);
  });
});
