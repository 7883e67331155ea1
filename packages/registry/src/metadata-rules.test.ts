import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { createObject } from "./create.js";
import { deleteObject } from "./delete.js";
import { patchObject } from "./patch.js";
import type { Fixture } from "./resource.fixture.js";
import { bodyOf, configMaps, refusal, rollout, rollouts } from "./resource.fixture.js";
import { updateObject } from "./update.js";

const OWNER = { apiVersion: "v1", kind: "ConfigMap", name: "o", uid: "1" };
const KEY_TEXT =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric " +
  "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE_TEXT =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end " +
  "with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

async function stored(fixture: Fixture, metadata: JsonObject): Promise<KubeObject> {
  const body = bodyOf({ metadata: { name: "x", ...metadata } });
  return (await createObject(fixture.resource, fixture.request(), body)).object.object;
}

function put(fixture: Fixture, metadata: JsonObject) {
  const body = bodyOf({ metadata: { name: "x", ...metadata } });
  return updateObject(fixture.resource, fixture.request({ name: "x" }), body, "");
}

function merge(fixture: Fixture, metadata: JsonObject) {
  const body = Buffer.from(JSON.stringify({ metadata }));
  const type = "application/merge-patch+json";
  return patchObject(fixture.resource, fixture.request({ name: "x" }), { type, body }, "");
}

/** What both a create and an update have against metadata, by upstream's `ValidateObjectMetaAccessor`. */
const FAULTS: readonly [rule: string, metadata: JsonObject, faults: readonly string[]][] = [
  ["a label's key", { labels: { "a b": "1" } }, [`metadata.labels: Invalid value: "a b": ${KEY_TEXT}`]],
  ["a label's value", { labels: { a: "-" } }, [`metadata.labels: Invalid value: "-": ${VALUE_TEXT}`]],
  [
    "a label's key of 64 bytes",
    { labels: { ["k".repeat(64)]: "1" } },
    [`metadata.labels: Invalid value: "${"k".repeat(64)}": name part must be no more than 63 bytes`],
  ],
  [
    "a label's value of 64 bytes",
    { labels: { a: "v".repeat(64) } },
    [`metadata.labels: Invalid value: "${"v".repeat(64)}": must be no more than 63 bytes`],
  ],
  [
    "a label's empty key",
    { labels: { "": "1" } },
    [
      'metadata.labels: Invalid value: "": name part must be non-empty',
      `metadata.labels: Invalid value: "": ${KEY_TEXT}`,
    ],
  ],
  [
    "a label's prefix",
    { labels: { "/a": "1" } },
    ['metadata.labels: Invalid value: "/a": prefix part must be non-empty'],
  ],
  [
    "an annotation's key, in lower case",
    { annotations: { "A b": "" } },
    [`metadata.annotations: Invalid value: "A b": ${KEY_TEXT}`],
  ],
  [
    "256 KiB of annotations",
    { annotations: { a: "v".repeat(262_144) } },
    ["metadata.annotations: Too long: may not be more than 262144 bytes"],
  ],
  ["a finalizer's name", { finalizers: ["a b"] }, [`metadata.finalizers: Invalid value: "a b": ${KEY_TEXT}`]],
  [
    "both collector finalizers",
    { finalizers: ["orphan", "foregroundDeletion"] },
    [
      'metadata.finalizers: Invalid value: ["orphan","foregroundDeletion"]: finalizer orphan and foregroundDeletion cannot be both set',
    ],
  ],
  [
    "an owner without anything",
    { ownerReferences: [{}] },
    ["apiVersion", "kind", "name", "uid"].map(
      (field) => `metadata.ownerReferences[0].${field}: Required value: must not be empty`,
    ),
  ],
  [
    "an owner's apiVersion",
    { ownerReferences: [{ ...OWNER, apiVersion: "a/b/c" }] },
    ['metadata.ownerReferences[0].apiVersion: Invalid value: "a/b/c": must be <group>/<version> or <version>'],
  ],
  [
    "an event as owner",
    { ownerReferences: [{ ...OWNER, kind: "Event" }] },
    [
      'metadata.ownerReferences[0]: Invalid value: {"apiVersion":"v1","kind":"Event","name":"o","uid":"1"}: /v1, Kind=Event is disallowed from being an owner',
    ],
  ],
  [
    "two controllers",
    {
      ownerReferences: [
        { ...OWNER, controller: true },
        { ...OWNER, name: "p", uid: "2", controller: true },
      ],
    },
    [
      'metadata.ownerReferences: Invalid value: [{"apiVersion":"v1","kind":"ConfigMap","name":"o","uid":"1","controller":true},' +
        '{"apiVersion":"v1","kind":"ConfigMap","name":"p","uid":"2","controller":true}]: Only one reference can have ' +
        'Controller set to true. Found "true" in references for ConfigMap/o and ConfigMap/p',
    ],
  ],
  [
    "what cannot be a segment of a path in generateName",
    { generateName: "a/%" },
    [
      "metadata.generateName: Invalid value: \"a/%\": may not contain '/'",
      "metadata.generateName: Invalid value: \"a/%\": may not contain '%'",
    ],
  ],
];

describe("metadata that a create and an update refuse alike", () => {
  it.each(FAULTS)("%s", async (_, metadata, faults) => {
    const message = `ConfigMap "x" is invalid: ${faults.length === 1 ? faults[0] : `[${faults.join(", ")}]`}`;
    const fixture = configMaps({ nameFormat: "path-segment" });
    const created = await refusal(() => stored(fixture, metadata));
    expect(created.message).toBe(message);
    expect(created.status).toMatchObject({ code: 422, reason: "Invalid", details: { name: "x", kind: "ConfigMap" } });
    await stored(fixture, {});
    expect((await refusal(() => put(fixture, metadata))).message).toBe(message);
    expect((await refusal(() => merge(fixture, metadata))).message).toBe(message);
    expect(fixture.store.writes).toBe(1);
  });

  it("says a fault that two fields have once", async () => {
    const error = await refusal(() => stored(configMaps(), { labels: { a: "-", b: "-" } }));
    expect(error.message).toBe(`ConfigMap "x" is invalid: metadata.labels: Invalid value: "-": ${VALUE_TEXT}`);
    expect(error.status.details?.causes).toHaveLength(1);
  });
});

describe("metadata of a create", () => {
  it.each<[string, JsonObject, string]>([
    [
      "a name of 254 characters",
      { name: "n".repeat(254) },
      `metadata.name: Invalid value: "${"n".repeat(254)}": must be no more than 253 characters`,
    ],
    [
      "a generateName of 254 characters",
      { name: undefined, generateName: "n".repeat(254) },
      `metadata.generateName: Invalid value: "${"n".repeat(254)}": must be no more than 253 characters`,
    ],
    [
      "a negative generation of a kind that does not count them",
      { generation: -1 },
      "metadata.generation: Invalid value: -1: must be greater than or equal to 0",
    ],
  ])("refuses %s", async (_, metadata, fault) => {
    expect((await refusal(() => stored(configMaps(), metadata))).message).toContain(fault);
  });

  it("cuts a long generateName to 58 characters before it adds five", async () => {
    const { metadata } = await stored(configMaps(), { name: undefined, generateName: "n".repeat(100) });
    expect(metadata.name).toMatch(/^n{58}[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(metadata.generateName).toBe("n".repeat(100));
  });

  it("keeps the generation that a client gives an object of a kind that does not count them", async () => {
    expect((await stored(configMaps(), { generation: 7 })).metadata.generation).toBe(7);
    const fixture = rollouts();
    const body = bodyOf(rollout("x", {}, { generation: 7 }));
    expect((await createObject(fixture.resource, fixture.request(), body)).object.object.metadata.generation).toBe(1);
  });

  it("takes nothing from the client that the server says, null included", async () => {
    const metadata = {
      creationTimestamp: null,
      deletionTimestamp: "2020-01-01T00:00:00Z",
      deletionGracePeriodSeconds: 5,
      selfLink: "/x",
      uid: "mine",
    };
    expect((await stored(configMaps(), metadata)).metadata).toEqual({
      name: "x",
      namespace: "demo",
      uid: expect.not.stringMatching(/^mine$/),
      resourceVersion: "2",
      creationTimestamp: "2026-01-02T03:04:06Z",
    });
  });

  it.each(["0", "abc"])("takes the resourceVersion %s for none", async (resourceVersion) => {
    expect((await stored(configMaps(), { resourceVersion })).metadata.resourceVersion).toBe("2");
  });

  it("blames the generation of names for a taken name that stands beside a generateName", async () => {
    const fixture = configMaps();
    await stored(fixture, { finalizers: ["example.com/a"] });
    const text = 'configmaps "x" already exists, the server was not able to generate a unique name for the object';
    const error = await refusal(() => stored(fixture, { generateName: "x-" }));
    expect(error.status).toMatchObject({
      code: 409,
      reason: "AlreadyExists",
      message: text,
      details: { name: "x", kind: "configmaps", retryAfterSeconds: 1 },
    });
    await deleteObject(fixture.resource, fixture.request({ name: "x" }), {});
    expect((await refusal(() => stored(fixture, { generateName: "x-" }))).message).toBe(
      `object is being deleted: ${text}`,
    );
  });
});

describe("metadata of an update", () => {
  it.each<[string, JsonObject, string]>([
    ["uid", { uid: "other" }, 'metadata.uid: Invalid value: "other": field is immutable'],
    [
      "deletionTimestamp",
      { deletionTimestamp: "2030-01-01T00:00:00Z" },
      'metadata.deletionTimestamp: Invalid value: "2030-01-01T00:00:00Z": field is immutable',
    ],
    [
      "deletionGracePeriodSeconds",
      { deletionGracePeriodSeconds: 3 },
      "metadata.deletionGracePeriodSeconds: Invalid value: 3: field is immutable",
    ],
  ])("a patch cannot change %s", async (_, metadata, fault) => {
    const fixture = configMaps();
    await stored(fixture, {});
    expect((await refusal(() => merge(fixture, metadata))).message).toBe(`ConfigMap "x" is invalid: ${fault}`);
  });

  it("keeps what clients leave out or change in vain", async () => {
    const fixture = configMaps();
    const { metadata } = await stored(fixture, { generation: 7 });
    const { object } = await put(fixture, {
      creationTimestamp: "2000-01-01T00:00:00Z",
      selfLink: "/x",
      generation: 9,
      labels: { a: "1" },
    });
    expect(object.object.metadata).toEqual({ ...metadata, resourceVersion: "3", labels: { a: "1" } });
  });

  it("refuses another uid as upstream's store does", async () => {
    const fixture = configMaps();
    const { metadata } = await stored(fixture, {});
    const error = await refusal(() => put(fixture, { uid: "zzz" }));
    expect(error.status).toMatchObject({
      code: 409,
      reason: "Conflict",
      message:
        'Operation cannot be fulfilled on configmaps "x": StorageError: invalid object, Code: 4, ' +
        "Key: /configmaps/demo/x, ResourceVersion: 0, AdditionalErrorMsg: " +
        `Precondition failed: UID in precondition: zzz, UID in object meta: ${metadata.uid}`,
      details: { name: "x", kind: "configmaps" },
    });
  });

  it("wants no resourceVersion where its kind says so, typed or custom", async () => {
    const strict = configMaps({ unconditionalUpdate: false });
    await stored(strict, {});
    expect((await refusal(() => put(strict, {}))).message).toBe(
      'configmaps "x" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    );
    await put(strict, { resourceVersion: "2", labels: { a: "1" } });
    const lax = configMaps({ flavour: "typed" });
    await stored(lax, {});
    await put(lax, { resourceVersion: "0", labels: { a: "1" } });
    expect(lax.store.writes).toBe(2);
  });

  it("warns of a finalizer only when it is new", async () => {
    const fixture = rollouts();
    const body = bodyOf(rollout("x", {}, { finalizers: ["mine"] }));
    await createObject(fixture.resource, fixture.request(), body);
    fixture.warnings.length = 0;
    await merge(fixture, { labels: { a: "1" } });
    expect(fixture.warnings).toEqual([]);
    await merge(fixture, { finalizers: ["mine", "yours"] });
    expect(fixture.warnings).toHaveLength(1);
  });
});
