import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { createObject } from "./create.js";
import { deleteObject } from "./delete.js";
import type { Fixture } from "./resource.fixture.js";
import { bodyOf, configMaps, refusal, rollout, rollouts } from "./resource.fixture.js";
import { updateObject } from "./update.js";

async function stored(fixture: Fixture, body: JsonObject): Promise<KubeObject> {
  return (await createObject(fixture.resource, fixture.request(), bodyOf(body))).object.object;
}

function put(fixture: Fixture, body: JsonObject, subresource: "" | "status" = "", over = {}) {
  return updateObject(fixture.resource, fixture.request({ name: "x", ...over }), bodyOf(body), subresource);
}

const CONFLICT = "the object has been modified; please apply your changes to the latest version and try again";

describe("updateObject", () => {
  it("replaces the object and keeps what the server owns (row 16)", async () => {
    const fixture = configMaps();
    const before = await stored(fixture, { metadata: { name: "x", labels: { a: "1" } }, data: { k: "1" } });
    const { object, created } = await put(fixture, {
      metadata: { name: "x", creationTimestamp: "2000-01-01T00:00:00Z" },
      data: { k: "2" },
    });
    expect(created).toBe(false);
    expect(object.object.data).toEqual({ k: "2" });
    expect(object.object.metadata).toEqual({
      name: "x",
      namespace: "demo",
      uid: before.metadata.uid,
      creationTimestamp: before.metadata.creationTimestamp,
      resourceVersion: "3",
      managedFields: [expect.objectContaining({ manager: "test", fieldsV1: { "f:data": { ".": {}, "f:k": {} } } })],
    });
  });

  it("refuses a stale resourceVersion with the words that clients retry on", async () => {
    const fixture = configMaps();
    await stored(fixture, { metadata: { name: "x" } });
    const error = await refusal(() =>
      put(fixture, { metadata: { name: "x", resourceVersion: "1" }, data: { k: "1" } }),
    );
    expect(error.status).toEqual({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: `Operation cannot be fulfilled on configmaps "x": ${CONFLICT}`,
      reason: "Conflict",
      details: { name: "x", kind: "configmaps" },
      code: 409,
    });
  });

  it("asks custom kinds for a resourceVersion", async () => {
    const fixture = rollouts();
    await stored(fixture, rollout("x"));
    const error = await refusal(() => put(fixture, rollout("x", { image: "b" })));
    expect(error.status).toMatchObject({
      code: 422,
      message:
        'rollouts.delivery.example.com "x" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    });
    expect((await refusal(() => put(fixture, rollout("x", {}, { resourceVersion: "abc" })))).code).toBe(500);
  });

  it.each([
    [{ name: "b" }, "the name of the object (b) does not match the name on the URL (x)"],
    [{}, "the name of the object (x based on URL) was undeterminable: name must be provided"],
    [
      { name: "x", namespace: "y" },
      "the namespace of the provided object does not match the namespace sent on the request",
    ],
  ])("refuses metadata that is not the URL's: %j", async (metadata, message) => {
    const fixture = configMaps();
    await stored(fixture, { metadata: { name: "x" } });
    expect((await refusal(() => put(fixture, { metadata }))).status).toMatchObject({ code: 400, message });
  });

  it("answers 404 for an object that is not there", async () => {
    const error = await refusal(() => put(configMaps(), { metadata: { name: "x" } }));
    expect(error.status).toMatchObject({ code: 404, reason: "NotFound", message: 'configmaps "x" not found' });
  });

  it("creates kinds that are created on update", async () => {
    const fixture = configMaps({ createOnUpdate: true });
    const made = await put(fixture, { metadata: { name: "x" }, data: { k: "1" } });
    expect([made.created, made.object.object.metadata.resourceVersion]).toEqual([true, "2"]);
    const again = await put(fixture, { metadata: { name: "x" }, data: { k: "2" } });
    expect([again.created, again.object.object.data]).toEqual([false, { k: "2" }]);
  });

  it("does not write what is there already, whatever its order", async () => {
    const fixture = rollouts();
    await stored(fixture, rollout("x", { image: "a", free: { p: 1, q: [1] } }, { labels: { a: "1", b: "2" } }));
    const { object } = await put(
      fixture,
      rollout("x", { free: { q: [1], p: 1 }, image: "a" }, { labels: { b: "2", a: "1" }, resourceVersion: "2" }),
    );
    expect(object.object.metadata.resourceVersion).toBe("2");
    expect(fixture.store.writes).toBe(1);
  });

  it("retries inside the server when the client named no resourceVersion (row 59)", async () => {
    const fixture = configMaps();
    await stored(fixture, { metadata: { name: "x" } });
    fixture.store.interfere = () => put(fixture, { metadata: { name: "x" }, data: { k: "faster" } });
    const { object } = await put(fixture, { metadata: { name: "x" }, data: { k: "slower" } });
    expect(object.object).toMatchObject({ metadata: { resourceVersion: "4" }, data: { k: "slower" } });
  });

  it("tells the client that named one", async () => {
    const fixture = configMaps();
    await stored(fixture, { metadata: { name: "x" } });
    fixture.store.interfere = () => put(fixture, { metadata: { name: "x" }, data: { k: "faster" } });
    const error = await refusal(() =>
      put(fixture, { metadata: { name: "x", resourceVersion: "2" }, data: { k: "slower" } }),
    );
    expect(error.code).toBe(409);
  });

  it("is 404 when the object is deleted meanwhile", async () => {
    const fixture = configMaps();
    await stored(fixture, { metadata: { name: "x" } });
    fixture.store.interfere = () => deleteObject(fixture.resource, fixture.request({ name: "x" }), {});
    expect((await refusal(() => put(fixture, { metadata: { name: "x" }, data: { k: "1" } }))).code).toBe(404);
  });

  it("refuses another uid", async () => {
    const fixture = configMaps();
    const { metadata } = await stored(fixture, { metadata: { name: "x" } });
    const error = await refusal(() => put(fixture, { metadata: { name: "x", uid: "zzz" } }));
    expect(error.status).toMatchObject({
      code: 409,
      reason: "Conflict",
      message: `Operation cannot be fulfilled on configmaps "x": StorageError: invalid object, Code: 4, Key: /configmaps/demo/x, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: zzz, UID in object meta: ${metadata.uid}`,
    });
  });

  it("lets no client ask for a deletion by an update", async () => {
    const fixture = configMaps();
    await stored(fixture, { metadata: { name: "x" } });
    const error = await refusal(() =>
      put(fixture, { metadata: { name: "x", deletionTimestamp: "2026-01-01T00:00:00Z" } }),
    );
    expect(error.message).toBe(
      'ConfigMap "x" is invalid: metadata.deletionTimestamp: Invalid value: "2026-01-01T00:00:00Z": field is immutable',
    );
  });

  it("lets no plugin move the object", async () => {
    const fixture = rollouts({}, [
      {
        handles: (operation) => operation === "UPDATE",
        mutate: ({ object }) => {
          if (object !== undefined) object.metadata.name = "y";
        },
      },
    ]);
    await stored(fixture, rollout("x"));
    const error = await refusal(() => put(fixture, rollout("x", {}, { resourceVersion: "2" })));
    expect(error.message).toContain('metadata.name: Invalid value: "y": field is immutable');
  });

  it("counts generations of the desired state alone (row 32)", async () => {
    const fixture = rollouts();
    await stored(fixture, rollout("x", { image: "a" }));
    const labelled = await put(fixture, {
      ...rollout("x", { image: "a" }, { resourceVersion: "2", labels: { a: "1" }, generation: 9 }),
      status: { replicas: 5 },
    });
    expect(labelled.object.object).toMatchObject({ metadata: { generation: 1, resourceVersion: "3" } });
    expect(labelled.object.object.status).toBeUndefined();
    const changed = await put(fixture, rollout("x", { image: "b" }, { resourceVersion: "3" }));
    expect(changed.object.object.metadata.generation).toBe(2);
  });

  it("writes only the status on /status (row 33)", async () => {
    const fixture = rollouts();
    await stored(fixture, rollout("x", { image: "a" }, { labels: { a: "1" } }));
    const body = {
      ...rollout("x", { image: "b", replicas: 9 }, { resourceVersion: "2", labels: { a: "2" } }),
      status: { replicas: 5 },
    };
    const { object } = await put(fixture, body, "status");
    expect(object.object).toMatchObject({
      metadata: { generation: 1, labels: { a: "1" }, resourceVersion: "3" },
      spec: { image: "a", replicas: 1 },
      status: { replicas: 5 },
    });
    const kept = await put(fixture, rollout("x", { image: "c" }, { resourceVersion: "3" }));
    expect(kept.object.object.status).toEqual({ replicas: 5 });
    expect(
      (
        await refusal(() =>
          put(fixture, { ...body, status: { replicas: -1 }, metadata: { name: "x", resourceVersion: "4" } }, "status"),
        )
      ).message,
    ).toContain(".status.replicas: Invalid value: -1: should be a non-negative integer");
  });

  it("blames a status writer for the status alone", async () => {
    const fixture = rollouts({
      hooks: { validateUpdate: (_object, _old, errors) => errors.forbidden("spec.image", "never") },
    });
    await stored(fixture, rollout("x"));
    await put(fixture, { ...rollout("x", {}, { resourceVersion: "2" }), status: { replicas: 1 } }, "status");
    expect((await refusal(() => put(fixture, rollout("x", {}, { resourceVersion: "3" })))).message).toContain(
      "spec.image: Forbidden: never",
    );
  });

  it("gives hooks and admission both states", async () => {
    const seen: unknown[] = [];
    const fixture = rollouts(
      {
        hooks: {
          prepareForUpdate: (object, old) => seen.push(["prepare", object.spec, old.spec]),
          validateUpdate: (object, old) => seen.push(["validate", object.spec, old.spec]),
        },
      },
      [
        {
          handles: (operation) => operation === "UPDATE",
          mutate: ({ object, oldObject, name }) => void seen.push(["mutate", name, object?.spec, oldObject?.spec]),
          validate: ({ object, oldObject }) => void seen.push(["admit", object?.spec, oldObject?.spec]),
        },
      ],
    );
    await stored(fixture, rollout("x", { image: "a" }));
    await put(fixture, rollout("x", { image: "b" }, { resourceVersion: "2" }));
    const [a, b] = [
      { replicas: 1, image: "a" },
      { replicas: 1, image: "b" },
    ];
    expect(seen).toEqual([
      ["mutate", "x", b, a],
      ["prepare", b, a],
      ["validate", b, a],
      ["admit", b, a],
    ]);
  });

  it("takes no new finalizers while the object is being deleted, and goes with the last", async () => {
    const fixture = rollouts();
    await stored(fixture, rollout("x", {}, { finalizers: ["example.com/a"] }));
    await deleteObject(fixture.resource, fixture.request({ name: "x" }), {});
    const more = await refusal(() =>
      put(fixture, rollout("x", {}, { resourceVersion: "3", finalizers: ["example.com/a", "example.com/b"] })),
    );
    expect(more.status).toMatchObject({
      code: 422,
      message:
        'Rollout.delivery.example.com "x" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if ' +
        'the object is being deleted, found new finalizers []string{"example.com/b"}',
    });
    const dry = await put(fixture, rollout("x", {}, { resourceVersion: "3" }), "", { dryRun: true });
    expect(fixture.store.size).toBe(1);
    const { object } = await put(fixture, rollout("x", {}, { resourceVersion: "3" }));
    expect(fixture.store.size).toBe(0);
    for (const answer of [dry.object.object, object.object]) {
      expect(answer.metadata).toMatchObject({ name: "x", resourceVersion: "3", deletionTimestamp: expect.any(String) });
      expect(answer.metadata.finalizers).toBeUndefined();
    }
  });

  it("stores nothing on a dry run and answers the old resourceVersion", async () => {
    const fixture = configMaps();
    await stored(fixture, { metadata: { name: "x" } });
    const { object } = await put(fixture, { metadata: { name: "x" }, data: { k: "1" } }, "", { dryRun: true });
    expect(object.object).toMatchObject({ metadata: { resourceVersion: "2" }, data: { k: "1" } });
    expect(fixture.store.writes).toBe(1);
  });

  it("refuses names that leave their segment, and stops when the request does", async () => {
    const fixture = configMaps();
    for (const name of ["a/b", "..", "a\0b"]) {
      const error = await refusal(() => put(fixture, { metadata: { name } }, "", { name }));
      expect(error.message).toMatch(/^Name parameter invalid: /);
    }
    await stored(fixture, { metadata: { name: "x" } });
    await expect(put(fixture, { metadata: { name: "x" } }, "", { signal: AbortSignal.abort() })).rejects.toThrow(
      "aborted",
    );
  });
});
