import type { JsonObject, ManagedFieldsEntry } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { applyObject } from "./apply.js";
import { createObject } from "./create.js";
import { patchObject } from "./patch.js";
import type { WriteRequest } from "./registry-resource.js";
import { bodyOf, configMaps, type Fixture, refusal, rollout, rollouts } from "./resource.fixture.js";
import { updateObject } from "./update.js";

function map(data: JsonObject, metadata: JsonObject = {}): JsonObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x", ...metadata }, data };
}

function apply(fixture: Fixture, manager: string, config: JsonObject, over: Partial<WriteRequest> = {}, force = false) {
  const request = fixture.request({ name: "x", fieldManager: manager, ...over });
  return applyObject(fixture.resource, request, bodyOf(config), force, "");
}

function put(fixture: Fixture, manager: string, { metadata, ...object }: JsonObject, subresource = "") {
  const request = fixture.request({ name: "x", fieldManager: manager });
  const { resourceVersion } = fixture.store.peek({ namespace: "demo", name: "x" })?.object.metadata ?? {};
  const body = bodyOf({ ...object, metadata: { ...Object(metadata), resourceVersion } });
  return updateObject(fixture.resource, request, body, subresource);
}

function ownersOf(entries: readonly ManagedFieldsEntry[] = []): readonly string[] {
  return entries.map(
    ({ manager, operation, subresource = "", fieldsV1 }) =>
      `${manager} ${operation}${subresource === "" ? "" : ` ${subresource}`} ${JSON.stringify(fieldsV1)}`,
  );
}

describe("applyObject", () => {
  it("makes the object of the first apply, and owns what it said", async () => {
    const fixture = configMaps();
    const { object, created } = await apply(fixture, "m1", map({ a: "1" }, { labels: { l: "1" } }));
    expect(created).toBe(true);
    expect(object.object).toMatchObject({ metadata: { name: "x", namespace: "demo" }, data: { a: "1" } });
    expect(object.object.metadata.managedFields).toEqual([
      {
        manager: "m1",
        operation: "Apply",
        apiVersion: "v1",
        time: expect.stringMatching(/^2026-01-02T03:04:\d\dZ$/),
        fieldsType: "FieldsV1",
        fieldsV1: { "f:data": { "f:a": {} }, "f:metadata": { "f:labels": { "f:l": {} } } },
      },
    ]);
  });

  it("takes away what its manager no longer says and nobody else owns", async () => {
    const fixture = configMaps();
    await apply(fixture, "m1", map({ a: "1", b: "2" }));
    await apply(fixture, "m2", map({ b: "2", c: "3" }));
    const { data: _, ...nothing } = map({});
    const { object, created } = await apply(fixture, "m1", nothing);
    expect([created, object.object.data]).toEqual([false, { b: "2", c: "3" }]);
    expect(ownersOf(object.object.metadata.managedFields)).toEqual(['m2 Apply {"f:data":{"f:b":{},"f:c":{}}}']);
  });

  it("answers 409 with who owns what, and takes it when forced", async () => {
    const fixture = configMaps();
    await apply(fixture, "m1", map({ k: "1", l: "1" }));
    const one = await refusal(() => apply(fixture, "m2", map({ k: "2" })));
    expect(one.status).toEqual({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: 'Apply failed with 1 conflict: conflict with "m1": .data.k',
      reason: "Conflict",
      details: { causes: [{ reason: "FieldManagerConflict", message: 'conflict with "m1"', field: ".data.k" }] },
      code: 409,
    });
    const two = await refusal(() => apply(fixture, "m2", map({ k: "2", l: "2" })));
    expect(two.message).toBe('Apply failed with 2 conflicts: conflicts with "m1":\n- .data.k\n- .data.l');
    const { object } = await apply(fixture, "m2", map({ k: "2" }), {}, true);
    expect(object.object.data).toEqual({ k: "2", l: "1" });
    expect(ownersOf(object.object.metadata.managedFields)).toEqual([
      'm1 Apply {"f:data":{"f:l":{}}}',
      'm2 Apply {"f:data":{"f:k":{}}}',
    ]);
  });

  it("names an updater by its version in a conflict", async () => {
    const fixture = configMaps();
    await createObject(fixture.resource, fixture.request({ fieldManager: "edit" }), bodyOf(map({ k: "1" })));
    const error = await refusal(() => apply(fixture, "m", map({ k: "2" })));
    expect(error.message).toBe('Apply failed with 1 conflict: conflict with "edit" using v1: .data.k');
  });

  it("writes nothing when it says what stands there", async () => {
    const fixture = configMaps();
    const first = await apply(fixture, "m1", map({ a: "1" }));
    const { object } = await apply(fixture, "m1", map({ a: "1" }));
    expect(object.object).toEqual(first.object.object);
    expect(fixture.store.writes).toBe(1);
  });

  it("gives what nobody was recorded for to before-first-apply", async () => {
    const fixture = configMaps();
    await createObject(fixture.resource, fixture.request({ fieldManager: "old" }), bodyOf(map({ a: "1" })));
    await put(fixture, "old", map({ a: "1" }, { managedFields: [{}] }));
    expect(fixture.store.peek({ namespace: "demo", name: "x" })?.object.metadata.managedFields).toBeUndefined();
    const { object } = await apply(fixture, "m", map({ b: "2" }));
    expect(ownersOf(object.object.metadata.managedFields)).toEqual([
      'm Apply {"f:data":{"f:b":{}}}',
      'before-first-apply Update {"f:data":{".":{},"f:a":{}}}',
    ]);
  });

  it.each([
    ["another kind", { ...map({}), kind: "Secret" }, 400, "invalid object type: /v1, Kind=Secret"],
    ["no kind", { metadata: { name: "x" } }, 400, "invalid object type: /, Kind="],
    ["managedFields", map({}, { managedFields: [] }), 400, "metadata.managedFields must be nil"],
    ["another name", map({}, { name: "y" }), 400, "the name of the object (y) does not match the name on the URL (x)"],
    [
      "an unknown field",
      { ...map({}), foo: 1 },
      500,
      "failed to create typed patch object (/x; /v1, Kind=ConfigMap): .foo: field not declared in schema",
    ],
  ])("refuses %s", async (_, config, code, message) => {
    const fixture = configMaps();
    const error = await refusal(() => apply(fixture, "m", config));
    expect([error.code, error.message]).toEqual([code, message]);
    expect(fixture.store.size).toBe(0);
  });

  it("asks before it creates, and stores nothing when refused", async () => {
    const fixture = configMaps();
    const request = fixture.request({ name: "x", fieldManager: "m" });
    const refuse = () => Promise.reject(new Error("may not create"));
    await expect(applyObject(fixture.resource, request, bodyOf(map({})), false, "", refuse)).rejects.toThrow(
      "may not create",
    );
    expect(fixture.store.size).toBe(0);
  });

  it("means the very object whose uid or resourceVersion it names", async () => {
    const fixture = configMaps();
    const missing = await refusal(() => apply(fixture, "m", map({}, { uid: "u" })));
    expect([missing.code, missing.message]).toEqual([
      409,
      'Operation cannot be fulfilled on configmaps "x": ' +
        "uid mismatch: the provided object specified uid u, and no existing object was found",
    ]);
    await apply(fixture, "m", map({ a: "1" }));
    const stale = await refusal(() => apply(fixture, "m", map({ a: "2" }, { resourceVersion: "1" })));
    expect([stale.code, stale.reason]).toEqual([409, "Conflict"]);
  });

  it("applies again to what another writer left", async () => {
    const fixture = configMaps();
    await apply(fixture, "m1", map({ a: "1" }));
    fixture.store.interfere = () => apply(fixture, "m2", map({ b: "2" }));
    const { object } = await apply(fixture, "m1", map({ a: "9" }));
    expect(object.object.data).toEqual({ a: "9", b: "2" });
  });

  it("stores nothing on a dry run", async () => {
    const fixture = configMaps();
    const { object, created } = await apply(fixture, "m", map({ a: "1" }), { dryRun: true });
    expect([created, object.object.data, fixture.store.size]).toEqual([true, { a: "1" }, 0]);
  });

  it("leaves the status to those who write the status, and the other way round", async () => {
    const fixture = rollouts();
    const config = { ...rollout("x", { image: "a" }), status: { replicas: 3 } };
    const { object } = await apply(fixture, "m", config);
    expect(object.object.status).toBeUndefined();
    expect(ownersOf(object.object.metadata.managedFields)).toEqual(['m Apply {"f:spec":{"f:image":{}}}']);
    const request = fixture.request({ name: "x", fieldManager: "s" });
    const status = { ...rollout("x", { image: "b" }), status: { replicas: 3 } };
    const written = await applyObject(fixture.resource, request, bodyOf(status), false, "status");
    expect(written.object.object).toMatchObject({ spec: { image: "a" }, status: { replicas: 3 } });
    expect(ownersOf(written.object.object.metadata.managedFields)).toEqual([
      'm Apply {"f:spec":{"f:image":{}}}',
      's Apply status {"f:status":{"f:replicas":{}}}',
    ]);
  });

  it("makes nothing through a part", async () => {
    const fixture = rollouts();
    const request = fixture.request({ name: "x", fieldManager: "s" });
    const config = { ...rollout("x"), status: { replicas: 3 } };
    const error = await refusal(() => applyObject(fixture.resource, request, bodyOf(config), false, "status"));
    expect(error.code).toBe(404);
  });

  it("tells kubectl's own client-side applies from conflicts, and keeps their annotation up to date", async () => {
    const fixture = configMaps();
    const last = JSON.stringify(map({ a: "1" }));
    const annotations = { "kubectl.kubernetes.io/last-applied-configuration": last };
    const made = map({ a: "1" }, { annotations });
    await createObject(fixture.resource, fixture.request({ fieldManager: "kubectl-client-side-apply" }), bodyOf(made));
    expect((await refusal(() => apply(fixture, "other", map({ a: "2" })))).code).toBe(409);
    const { object } = await apply(fixture, "kubectl", map({ a: "2" }));
    expect(object.object.data).toEqual({ a: "2" });
    const text = object.object.metadata.annotations?.["kubectl.kubernetes.io/last-applied-configuration"] ?? "";
    expect(JSON.parse(text)).toEqual(map({ a: "2" }, {}));
  });

  it("refuses what a strict reader would, after the merge", async () => {
    const fixture = configMaps();
    const request = fixture.request({ name: "x", fieldManager: "m", fieldValidation: "Strict" });
    const repeats = ['line 6: key "a" already set in map'];
    const body = { ...bodyOf(map({ a: "1" }), ["data.a"]), repeats };
    const error = await refusal(() => applyObject(fixture.resource, request, body, false, ""));
    expect([error.code, error.message]).toEqual([
      400,
      `error strict decoding patch: error converting YAML to JSON: yaml: unmarshal errors:\n  ${repeats[0]}`,
    ]);
  });
});

describe("managedFields of updates", () => {
  it("gathers the updates of one manager in one entry", async () => {
    const fixture = configMaps();
    await createObject(fixture.resource, fixture.request({ fieldManager: "c" }), bodyOf(map({ a: "1" })));
    await put(fixture, "u", map({ a: "1", b: "1" }));
    const { object } = await put(fixture, "u", map({ a: "1", b: "1", c: "1" }));
    expect(ownersOf(object.object.metadata.managedFields)).toEqual([
      'c Update {"f:data":{".":{},"f:a":{}}}',
      'u Update {"f:data":{"f:b":{},"f:c":{}}}',
    ]);
  });

  it("moves what an update changes to who changed it", async () => {
    const fixture = configMaps();
    await apply(fixture, "m", map({ a: "1", b: "1" }));
    const { object } = await put(fixture, "u", map({ a: "2" }));
    expect(ownersOf(object.object.metadata.managedFields)).toEqual(['u Update {"f:data":{"f:a":{}}}']);
  });

  it("keeps time and all when nothing changes", async () => {
    const fixture = configMaps();
    const made = await createObject(fixture.resource, fixture.request({ fieldManager: "c" }), bodyOf(map({ a: "1" })));
    const { object } = await put(fixture, "other", map({ a: "1" }));
    expect(object.object).toEqual(made.object.object);
    expect(fixture.store.writes).toBe(1);
  });

  it("merges the oldest of more than ten", async () => {
    const fixture = configMaps();
    await createObject(fixture.resource, fixture.request({ fieldManager: "m0" }), bodyOf(map({ k0: "1" })));
    const data: { [key: string]: string } = { k0: "1" };
    for (let index = 1; index < 12; index++) {
      data[`k${index}`] = "1";
      await put(fixture, `m${index}`, map({ ...data }));
    }
    const entries = fixture.store.peek({ namespace: "demo", name: "x" })?.object.metadata.managedFields ?? [];
    expect(entries).toHaveLength(10);
    expect(ownersOf(entries)[0]).toBe('ancient-changes Update {"f:data":{".":{},"f:k0":{},"f:k1":{},"f:k2":{}}}');
  });

  it("takes the entries that a client sends, but not through a part", async () => {
    const fixture = rollouts();
    await createObject(fixture.resource, fixture.request({ fieldManager: "c" }), bodyOf(rollout("x", { image: "a" })));
    const managedFields = [
      {
        manager: "given",
        operation: "Update",
        apiVersion: "delivery.example.com/v1",
        fieldsType: "FieldsV1",
        fieldsV1: { "f:spec": { "f:image": {} } },
      },
    ];
    const given = { ...rollout("x", { image: "a" }, { managedFields }), status: { replicas: 1 } };
    const kept = await put(fixture, "u", given, "status");
    expect(ownersOf(kept.object.object.metadata.managedFields)).toEqual([
      'c Update {"f:spec":{".":{},"f:image":{},"f:replicas":{}}}',
      'u Update status {"f:status":{".":{},"f:replicas":{}}}',
    ]);
    const replaced = await put(fixture, "u", given);
    expect(ownersOf(replaced.object.object.metadata.managedFields)).toEqual(['given Update {"f:spec":{"f:image":{}}}']);
  });

  it("does not let a JSON patch into the entries that the store shares", async () => {
    const fixture = configMaps();
    await apply(fixture, "m", map({ a: "1" }));
    const request = fixture.request({ name: "x", fieldManager: "p" });
    const operations = [{ op: "replace", path: "/metadata/managedFields/0/manager", value: "renamed" }];
    const body = Buffer.from(JSON.stringify(operations));
    const { object } = await patchObject(fixture.resource, request, { type: "application/json-patch+json", body }, "");
    expect(ownersOf(object.object.metadata.managedFields)).toEqual(['renamed Apply {"f:data":{"f:a":{}}}']);
  });
});
