import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { deny } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { createObject } from "./create.js";
import { deleteObject } from "./delete.js";
import { nestedField } from "./json/nested-field.js";
import { patchObject } from "./patch.js";
import type { Deleted, DeleteOptions } from "./registry-resource.js";
import type { Fixture } from "./resource.fixture.js";
import { bodyOf, configMaps, refusal, rollout, rollouts } from "./resource.fixture.js";

async function stored(fixture: Fixture, body: JsonObject): Promise<KubeObject> {
  return (await createObject(fixture.resource, fixture.request(), bodyOf(body))).object.object;
}

function remove(fixture: Fixture, options: DeleteOptions = {}, over = {}): Promise<Deleted> {
  return deleteObject(fixture.resource, fixture.request({ name: "x", ...over }), options);
}

function left(deleted: Deleted): KubeObject {
  if ("object" in deleted) return deleted.object.object;
  throw new Error("the object is gone");
}

function label(fixture: Fixture): Promise<unknown> {
  const body = Buffer.from('{"metadata":{"labels":{"faster":"1"}}}');
  return patchObject(
    fixture.resource,
    fixture.request({ name: "x" }),
    { type: "application/merge-patch+json", body },
    "",
  );
}

const HELD = rollout("x", {}, { finalizers: ["example.com/a"] });

describe("deleteObject", () => {
  it("answers what is gone, then 404 (row 18)", async () => {
    const fixture = rollouts();
    const { metadata } = await stored(fixture, rollout("x"));
    expect(await remove(fixture)).toEqual({
      gone: true,
      status: {
        kind: "Status",
        apiVersion: "v1",
        metadata: {},
        status: "Success",
        details: { name: "x", group: "delivery.example.com", kind: "rollouts", uid: metadata.uid },
      },
    });
    expect(fixture.store.size).toBe(0);
    expect((await refusal(() => remove(fixture))).status).toMatchObject({
      code: 404,
      message: 'rollouts.delivery.example.com "x" not found',
    });
  });

  it("marks what finalizers hold and answers it (rows 11, 18)", async () => {
    const fixture = rollouts();
    await stored(fixture, HELD);
    const object = left(await remove(fixture, { gracePeriodSeconds: 30 }));
    expect(object.metadata).toMatchObject({
      deletionTimestamp: "2026-01-02T03:04:07Z",
      deletionGracePeriodSeconds: 0,
      generation: 2,
      resourceVersion: "3",
      finalizers: ["example.com/a"],
    });
    const again = left(await remove(fixture));
    expect(again.metadata).toEqual(object.metadata);
    expect(fixture.store.writes).toBe(2);
  });

  it.each<[DeleteOptions, string[]]>([
    [{ propagationPolicy: "Foreground" }, ["example.com/a", "foregroundDeletion"]],
    [{ propagationPolicy: "Orphan" }, ["example.com/a", "orphan"]],
    [{ orphanDependents: true }, ["example.com/a", "orphan"]],
    [{ propagationPolicy: "Background" }, ["example.com/a"]],
    [{ orphanDependents: false }, ["example.com/a"]],
  ])("records the propagation policy %j as a finalizer", async (options, finalizers) => {
    const fixture = rollouts();
    await stored(fixture, HELD);
    expect(left(await remove(fixture, options)).metadata.finalizers).toEqual(finalizers);
  });

  it.each<["background" | "orphan" | "unsupported", DeleteOptions, string[] | undefined]>([
    ["orphan", {}, ["orphan"]],
    ["orphan", { propagationPolicy: "Background" }, undefined],
    ["orphan", { propagationPolicy: "Foreground" }, ["foregroundDeletion"]],
    ["orphan", { orphanDependents: false }, undefined],
    ["background", {}, undefined],
    ["unsupported", { propagationPolicy: "Foreground" }, undefined],
    ["unsupported", { orphanDependents: true }, undefined],
  ])("of a kind whose default is %s, with %j, leaves %j", async (garbageCollection, options, finalizers) => {
    const fixture = configMaps({ garbageCollection });
    await stored(fixture, { metadata: { name: "x" } });
    const deleted = await remove(fixture, options);
    expect(deleted.gone).toBe(finalizers === undefined);
    if (finalizers !== undefined) expect(left(deleted).metadata.finalizers).toEqual(finalizers);
  });

  it.each<[DeleteOptions, string[]]>([
    [{}, ["they stay"]],
    [{ propagationPolicy: "Background" }, []],
    [{ orphanDependents: true }, []],
  ])("warns of the dependents where the kind has something to say and %j does not", async (options, warnings) => {
    const fixture = configMaps({ dependentsWarning: "they stay" });
    await stored(fixture, { metadata: { name: "x" } });
    await remove(fixture, options);
    expect(fixture.warnings).toEqual(warnings);
  });

  it("prefers the finalizer that the object has to the default of its kind", async () => {
    const fixture = configMaps({ garbageCollection: "orphan" });
    await stored(fixture, { metadata: { name: "x", finalizers: ["foregroundDeletion"] } });
    expect(left(await remove(fixture)).metadata.finalizers).toEqual(["foregroundDeletion"]);
  });

  it("answers with what is gone where the kind says so, under the revision of its end", async () => {
    const fixture = configMaps({ returnDeletedObject: true });
    const { metadata } = await stored(fixture, { metadata: { name: "x" } });
    const dry = await remove(fixture, { dryRun: ["All"] });
    expect(left(dry).metadata).toEqual(metadata);
    const deleted = await remove(fixture);
    expect(deleted.gone).toBe(true);
    expect(left(deleted).metadata).toEqual({ ...metadata, resourceVersion: "3" });
    expect(fixture.store.size).toBe(0);
  });

  it("lets an explicit policy replace a recorded one", async () => {
    const fixture = rollouts();
    await stored(fixture, rollout("x"));
    expect(left(await remove(fixture, { propagationPolicy: "Orphan" })).metadata.finalizers).toEqual(["orphan"]);
    expect(left(await remove(fixture)).metadata.finalizers).toEqual(["orphan"]);
    expect(left(await remove(fixture, { propagationPolicy: "Foreground" })).metadata.finalizers).toEqual([
      "foregroundDeletion",
    ]);
    expect(await remove(fixture, { propagationPolicy: "Background" })).toHaveProperty("status.status", "Success");
  });

  it("checks preconditions", async () => {
    const fixture = configMaps();
    const { metadata } = await stored(fixture, { metadata: { name: "x" } });
    const uid = await refusal(() => remove(fixture, { preconditions: { uid: "zzz" } }));
    expect(uid.status).toMatchObject({
      code: 409,
      reason: "Conflict",
      message:
        'Operation cannot be fulfilled on ConfigMap "x": the UID in the precondition (zzz) does not match the UID in ' +
        `record (${metadata.uid}). The object might have been deleted and then recreated`,
      details: { name: "x", kind: "ConfigMap" },
    });
    const version = await refusal(() => remove(fixture, { preconditions: { resourceVersion: "1" } }));
    expect(version.message).toBe(
      'Operation cannot be fulfilled on ConfigMap "x": the ResourceVersion in the precondition (1) does not match the ' +
        "ResourceVersion in record (2). The object might have been modified",
    );
    expect(fixture.store.size).toBe(1);
    await remove(fixture, { preconditions: { uid: metadata.uid ?? "", resourceVersion: "2" } });
    expect(fixture.store.size).toBe(0);
  });

  it("follows writers that are faster, as far as the preconditions allow", async () => {
    const fixture = rollouts();
    await stored(fixture, rollout("x"));
    fixture.store.interfere = () => label(fixture);
    await remove(fixture);
    expect(fixture.store.size).toBe(0);
    await stored(fixture, HELD);
    fixture.store.interfere = () => label(fixture);
    expect(left(await remove(fixture)).metadata.labels).toEqual({ faster: "1" });
    await label(fixture);
    fixture.store.interfere = async () => fixture.store.objects.clear();
    expect((await refusal(() => remove(fixture, { propagationPolicy: "Orphan" }))).code).toBe(404);
  });

  it("stores nothing on a dry run, whoever asks for it", async () => {
    const fixture = rollouts();
    await stored(fixture, rollout("x"));
    expect(await remove(fixture, {}, { dryRun: true })).toHaveProperty("status.status", "Success");
    expect(await remove(fixture, { dryRun: ["All"] })).toHaveProperty("status.status", "Success");
    const marked = left(await remove(fixture, { dryRun: ["All"], propagationPolicy: "Orphan" }));
    expect(marked.metadata).toMatchObject({ resourceVersion: "2", finalizers: ["orphan"] });
    expect(fixture.store.writes).toBe(1);
  });

  it("marks what its class holds, and removes it with the last that holds it", async () => {
    const fixture = rollouts({
      hooks: {
        heldBy: (object) => (nestedField(object, ["spec", "image"]) === undefined ? [] : ["image"]),
        prepareForDelete: ({ metadata }) => Object.assign(metadata, { labels: { phase: "Terminating" } }),
      },
    });
    await stored(fixture, rollout("x", { image: "a" }));
    expect(left(await remove(fixture)).metadata).toMatchObject({
      deletionTimestamp: expect.any(String),
      labels: { phase: "Terminating" },
    });
    const { writes } = fixture.store;
    left(await remove(fixture));
    expect(fixture.store.writes).toBe(writes);
    const type = "application/merge-patch+json";
    const release = { type, body: Buffer.from('{"spec":{"image":null}}') } as const;
    await patchObject(fixture.resource, fixture.request({ name: "x" }), release, "");
    expect(fixture.store.size).toBe(0);
    await stored(fixture, rollout("x", {}, { finalizers: ["example.com/a"] }));
    left(await remove(fixture));
    expect(fixture.store.size).toBe(1);
  });

  it("asks admission with the stored object", async () => {
    const seen: unknown[] = [];
    const fixture = fixtureWith((attributes) => seen.push(attributes));
    await stored(fixture, rollout("x", { image: "a" }));
    const error = await refusal(() => remove(fixture, { dryRun: ["All"] }));
    expect(error.message).toBe('rollouts.delivery.example.com "x" is forbidden: no');
    expect(seen).toMatchObject([
      {
        operation: "DELETE",
        name: "x",
        namespace: "demo",
        object: undefined,
        oldObject: { spec: { image: "a" } },
        dryRun: true,
      },
    ]);
  });
});

function fixtureWith(see: (attributes: object) => void): Fixture {
  return rollouts({}, [
    {
      handles: (operation) => operation === "DELETE",
      validate: (attributes) => {
        see(attributes);
        return deny("no");
      },
    },
  ]);
}
