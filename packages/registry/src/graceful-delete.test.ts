import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { createObject } from "./create.js";
import { deleteObject } from "./delete.js";
import { nestedField } from "./json/nested-field.js";
import { patchObject } from "./patch.js";
import type { Deleted, DeleteOptions } from "./registry-resource.js";
import type { Fixture } from "./resource.fixture.js";
import { bodyOf, fixtureOf, refusal, rollout, rolloutVersion } from "./resource.fixture.js";
import { updateObject } from "./update.js";
import { WriteOutcome } from "./write-outcome.js";

/** As pods have it: the default is the object's own, what runs nowhere goes at once. */
function gracePeriod(object: KubeObject, asked: number | undefined): number {
  if (nestedField(object, ["spec", "image"]) === undefined) return 0;
  const own = nestedField(object, ["spec", "replicas"]);
  return asked ?? (typeof own === "number" ? own : 0);
}

function machines(over: Parameters<typeof fixtureOf>[1] = {}): Fixture {
  return fixtureOf(rolloutVersion({ hooks: { gracePeriod } }), over);
}

async function stored(fixture: Fixture, spec: JsonObject, metadata: JsonObject = {}): Promise<KubeObject> {
  const body = bodyOf(rollout("x", spec, metadata));
  return (await createObject(fixture.resource, fixture.request(), body)).object.object;
}

const RUNNING = { image: "a", replicas: 30 };

function remove(fixture: Fixture, options: DeleteOptions = {}, over = {}): Promise<Deleted> {
  return deleteObject(fixture.resource, fixture.request({ name: "x", ...over }), options);
}

function metadataOf(deleted: Deleted): KubeObject["metadata"] {
  if ("object" in deleted) return deleted.object.object.metadata;
  throw new Error("the answer is a Status");
}

function patch(fixture: Fixture, patch: JsonObject, subresource = "") {
  const body = Buffer.from(JSON.stringify(patch));
  const type = "application/merge-patch+json";
  return patchObject(fixture.resource, fixture.request({ name: "x" }), { type, body }, subresource);
}

describe("deleteObject of a kind with grace (upstream's BeforeDelete)", () => {
  it("marks first: deletionTimestamp is now and the grace, the generation counts", async () => {
    const fixture = machines();
    const { metadata } = await stored(fixture, RUNNING);
    expect(metadata).toMatchObject({ creationTimestamp: "2026-01-02T03:04:06Z", generation: 1 });
    const deleted = await remove(fixture);
    expect(deleted.gone).toBe(false);
    expect(metadataOf(deleted)).toMatchObject({
      deletionTimestamp: "2026-01-02T03:04:37Z",
      deletionGracePeriodSeconds: 30,
      generation: 2,
    });
    expect(metadataOf(deleted)).not.toHaveProperty("finalizers");
  });

  it.each<[string, DeleteOptions, number]>([
    ["what the client asks for is preferred", { gracePeriodSeconds: 5 }, 5],
    ["the client may ask for more", { gracePeriodSeconds: 500 }, 500],
    ["nothing asked is the object's own", {}, 30],
  ])("%s", async (_, options, seconds) => {
    const fixture = machines();
    await stored(fixture, RUNNING);
    expect(metadataOf(await remove(fixture, options)).deletionGracePeriodSeconds).toBe(seconds);
  });

  it("reads a negative grace of the class as 1", async () => {
    const fixture = machines();
    await stored(fixture, { ...RUNNING });
    expect(metadataOf(await remove(fixture, { gracePeriodSeconds: -3 })).deletionGracePeriodSeconds).toBe(1);
  });

  it("cuts a time that RFC 3339 cannot say", async () => {
    const fixture = machines();
    await stored(fixture, RUNNING);
    const metadata = metadataOf(await remove(fixture, { gracePeriodSeconds: Number.MAX_SAFE_INTEGER }));
    expect(metadata.deletionTimestamp).toBe("9999-12-31T23:59:59Z");
  });

  it("removes at once with 0, by a mark that watchers see and then the end", async () => {
    const fixture = machines();
    const { metadata } = await stored(fixture, RUNNING);
    expect(await remove(fixture, { gracePeriodSeconds: 0 })).toMatchObject({
      gone: true,
      status: { status: "Success", details: { uid: metadata.uid } },
    });
    expect(fixture.store.size).toBe(0);
    expect(fixture.store.writes).toBe(3);
  });

  it("removes at once what the class gives no grace, whatever is asked", async () => {
    const fixture = machines();
    await stored(fixture, { replicas: 30 });
    expect((await remove(fixture, { gracePeriodSeconds: 30 })).gone).toBe(true);
    expect(fixture.store.size).toBe(0);
  });

  it("writes once in a transaction", async () => {
    const fixture = machines();
    await stored(fixture, RUNNING);
    const resource = { ...fixture.resource, outcome: new WriteOutcome() };
    const deleted = await deleteObject(resource, fixture.request({ name: "x" }), { gracePeriodSeconds: 0 });
    expect(deleted.gone).toBe(true);
    expect(fixture.store.writes).toBe(2);
  });

  it.each<[string, DeleteOptions]>([
    ["says nothing", {}],
    ["asks for as much", { gracePeriodSeconds: 30 }],
    ["asks for more", { gracePeriodSeconds: 31 }],
    ["asks for a finalizer only", { propagationPolicy: "Orphan" }],
  ])("changes nothing when a second delete %s", async (_, options) => {
    const fixture = machines();
    const { metadata } = await stored(fixture, RUNNING);
    await remove(fixture);
    const { writes } = fixture.store;
    expect(await remove(fixture, options)).toMatchObject({
      gone: false,
      status: { status: "Success", details: { name: "x", uid: metadata.uid } },
    });
    expect(fixture.store.writes).toBe(writes);
  });

  it("lets a second delete shorten: the time moves, the generation stays", async () => {
    const fixture = machines();
    await stored(fixture, RUNNING);
    await remove(fixture);
    expect(metadataOf(await remove(fixture, { gracePeriodSeconds: 10 }))).toMatchObject({
      deletionTimestamp: "2026-01-02T03:04:17Z",
      deletionGracePeriodSeconds: 10,
      generation: 2,
    });
  });

  it("does not shorten into the past: what is over is 1 second from now, unless 0 is asked for", async () => {
    const fixture = machines();
    await stored(fixture, RUNNING);
    await remove(fixture);
    for (let tick = 0; tick < 40; tick++) fixture.resource.now();
    const metadata = metadataOf(await remove(fixture, { gracePeriodSeconds: 5 }));
    expect(metadata.deletionGracePeriodSeconds).toBe(1);
    expect(metadata.deletionTimestamp).toBe("2026-01-02T03:04:28Z");
    expect((await remove(fixture, { gracePeriodSeconds: 0 })).gone).toBe(true);
    expect(fixture.store.size).toBe(0);
  });

  it("removes what was left behind between the mark and the end", async () => {
    const fixture = machines();
    await stored(fixture, RUNNING);
    const { remove: end } = fixture.store;
    fixture.store.remove = () => Promise.reject(new Error("the storage is away"));
    await expect(remove(fixture, { gracePeriodSeconds: 0 })).rejects.toThrow("the storage is away");
    fixture.store.remove = end;
    expect((await remove(fixture)).gone).toBe(true);
    expect(fixture.store.size).toBe(0);
  });

  it("is done when whoever runs the object is faster to end it", async () => {
    const fixture = machines();
    const { metadata } = await stored(fixture, RUNNING);
    const { store } = fixture;
    const end = store.remove.bind(store);
    store.remove = async (current) => {
      store.remove = end;
      store.objects.clear();
      return end(current);
    };
    expect(await remove(fixture, { gracePeriodSeconds: 0 })).toMatchObject({
      gone: true,
      status: { details: { uid: metadata.uid } },
    });
  });

  it("answers with the object that is gone where its kind says so", async () => {
    const fixture = machines({ returnDeletedObject: true });
    await stored(fixture, RUNNING);
    const first = await remove(fixture);
    expect(metadataOf(await remove(fixture))).toEqual(metadataOf(first));
    const last = await remove(fixture, { gracePeriodSeconds: 0 });
    expect(last.gone).toBe(true);
    expect(metadataOf(last)).toMatchObject({ deletionGracePeriodSeconds: 0, resourceVersion: "5" });
  });

  it("stores nothing on a dry run", async () => {
    const fixture = machines();
    await stored(fixture, RUNNING);
    const first = await remove(fixture, { dryRun: ["All"] });
    expect(first.gone).toBe(false);
    expect(metadataOf(first)).toMatchObject({ deletionGracePeriodSeconds: 30, resourceVersion: "2" });
    const last = await remove(fixture, { dryRun: ["All"], gracePeriodSeconds: 0 });
    expect(last.gone).toBe(true);
    expect(metadataOf(last).deletionGracePeriodSeconds).toBe(0);
    expect(fixture.store.writes).toBe(1);
  });

  it("holds the preconditions of a second delete against the mark", async () => {
    const fixture = machines();
    const { metadata } = await stored(fixture, RUNNING);
    await remove(fixture, { preconditions: { resourceVersion: metadata.resourceVersion ?? "" } });
    const stale = () => remove(fixture, { preconditions: { resourceVersion: metadata.resourceVersion ?? "" } });
    expect((await refusal(stale)).message).toContain(
      "the ResourceVersion in the precondition (2) does not match the ResourceVersion in record (3)",
    );
    const ended = await remove(fixture, { gracePeriodSeconds: 0, preconditions: { resourceVersion: "3" } });
    expect(ended.gone).toBe(true);
  });
});

describe("grace and finalizers together", () => {
  const HELD = { finalizers: ["example.com/a"] };

  it("an object with both goes when both are over: the grace first", async () => {
    const fixture = machines();
    await stored(fixture, RUNNING, HELD);
    expect(metadataOf(await remove(fixture, { propagationPolicy: "Foreground" }))).toMatchObject({
      deletionGracePeriodSeconds: 30,
      finalizers: ["example.com/a", "foregroundDeletion"],
    });
    const ended = await remove(fixture, { gracePeriodSeconds: 0 });
    expect(ended.gone).toBe(false);
    expect(metadataOf(ended)).toMatchObject({ deletionGracePeriodSeconds: 0, generation: 2 });
    await patch(fixture, { metadata: { finalizers: null } });
    expect(fixture.store.size).toBe(0);
  });

  it("an object with both goes when both are over: the finalizers first", async () => {
    const fixture = machines();
    await stored(fixture, RUNNING, HELD);
    await remove(fixture);
    const freed = await patch(fixture, { metadata: { finalizers: null } });
    expect(freed.object.object.metadata).toMatchObject({ deletionGracePeriodSeconds: 30 });
    expect(fixture.store.size).toBe(1);
    expect((await remove(fixture, { gracePeriodSeconds: 0 })).gone).toBe(true);
    expect(fixture.store.size).toBe(0);
  });

  it("marks with 0 what finalizers hold though the class gives no grace", async () => {
    const fixture = machines();
    await stored(fixture, {}, HELD);
    expect(metadataOf(await remove(fixture))).toMatchObject({ deletionGracePeriodSeconds: 0, generation: 2 });
  });
});

describe("what an update may do while an object ends", () => {
  async function ending(): Promise<{ fixture: Fixture; metadata: KubeObject["metadata"] }> {
    const fixture = machines();
    await stored(fixture, RUNNING);
    return { fixture, metadata: metadataOf(await remove(fixture)) };
  }

  function put(fixture: Fixture, metadata: JsonObject) {
    return updateObject(fixture.resource, fixture.request({ name: "x" }), bodyOf(rollout("x", RUNNING, metadata)), "");
  }

  it("keeps the marks that a PUT leaves out or changes", async () => {
    const { fixture, metadata } = await ending();
    const { resourceVersion = "", deletionTimestamp } = metadata;
    const left = await put(fixture, { resourceVersion });
    expect(left.object.object.metadata).toMatchObject({ deletionTimestamp, deletionGracePeriodSeconds: 30 });
    const moved = await put(fixture, {
      resourceVersion: left.object.object.metadata.resourceVersion ?? "",
      deletionTimestamp: "2030-01-01T00:00:00Z",
    });
    expect(moved.object.object.metadata).toMatchObject({ deletionTimestamp });
  });

  it("refuses another grace period", async () => {
    const { fixture, metadata } = await ending();
    const { resourceVersion = "" } = metadata;
    const error = await refusal(() => put(fixture, { resourceVersion, deletionGracePeriodSeconds: 0 }));
    expect(error.status).toMatchObject({
      code: 422,
      details: {
        causes: [
          {
            reason: "FieldValueInvalid",
            message: "Invalid value: 0: field is immutable",
            field: "metadata.deletionGracePeriodSeconds",
          },
        ],
      },
    });
  });

  it("refuses marks on an object that nobody has deleted", async () => {
    const fixture = machines();
    const { metadata } = await stored(fixture, RUNNING);
    const error = await refusal(() =>
      put(fixture, {
        resourceVersion: metadata.resourceVersion ?? "",
        deletionTimestamp: "2030-01-01T00:00:00Z",
        deletionGracePeriodSeconds: 5,
      }),
    );
    expect(error.message).toContain(
      'metadata.deletionTimestamp: Invalid value: "2030-01-01T00:00:00Z": field is immutable, ' +
        "metadata.deletionGracePeriodSeconds: Invalid value: 5: field is immutable",
    );
  });

  it("takes a status", async () => {
    const { fixture, metadata } = await ending();
    const { object } = await patch(fixture, { status: { replicas: 0 } }, "status");
    const { resourceVersion, managedFields, ...marks } = metadata;
    expect(object.object).toMatchObject({ metadata: marks, status: { replicas: 0 } });
  });

  it("removes on a write of the status too, once nothing holds the object", async () => {
    const fixture = machines();
    await stored(fixture, {}, { finalizers: ["example.com/a"] });
    await remove(fixture);
    await patch(fixture, { status: { replicas: 1 } }, "status");
    expect(fixture.store.size).toBe(1);
    await patch(fixture, { metadata: { finalizers: null } });
    expect(fixture.store.size).toBe(0);
  });
});
