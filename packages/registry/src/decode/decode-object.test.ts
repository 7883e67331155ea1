import { describe, expect, it } from "vitest";
import { bodyOf, configMaps, refusal, rollout, rollouts } from "../resource.fixture.js";
import { decodeObject } from "./decode-object.js";

describe("decodeObject", () => {
  it.each([
    [{ kind: "Secret", apiVersion: "v1" }, /^Secret in version "v1" cannot be handled as a ConfigMap: /],
    [{ kind: "Secret" }, /^Secret in version "v1" cannot be handled as a ConfigMap: /],
    [
      { kind: "ConfigMap", apiVersion: "apps/v1" },
      /^ConfigMap in version "v1" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "apps\/v1"/,
    ],
    [
      { kind: 3 },
      /^the object provided is unrecognized \(must be of type ConfigMap\): couldn't get version\/kind; json parse error: json: cannot unmarshal number into Go struct field TypeMeta\.kind of type string/,
    ],
    [{ kind: "ConfigMap", apiVersion: "a/b/c" }, /unexpected GroupVersion string: a\/b\/c/],
  ])("refuses a typed body of another type: %j (row 15)", async (body, message) => {
    const { resource, request } = configMaps();
    const error = await refusal(() => decodeObject(resource, request(), bodyOf(body)));
    expect([error.code, error.reason]).toEqual([400, "BadRequest"]);
    expect(error.message).toMatch(message);
  });

  it("asks custom bodies for kind and apiVersion (row 19)", async () => {
    const { resource, request } = rollouts();
    const without = await refusal(() => decodeObject(resource, request(), bodyOf({ metadata: { name: "x" } })));
    expect(without.status).toMatchObject({
      code: 400,
      message:
        "the object provided is unrecognized (must be of type Rollout): Object 'Kind' is missing in " +
        `'{"metadata":{"name":"x"}}' ({"metadata":{"name":"x"}})`,
    });
    const other = { ...rollout("x"), apiVersion: "delivery.example.com/v2" };
    expect((await refusal(() => decodeObject(resource, request(), bodyOf(other)))).message).toBe(
      "the API version in the data (delivery.example.com/v2) does not match the expected API version (delivery.example.com/v1)",
    );
    const kind = await refusal(() => decodeObject(resource, request(), bodyOf({ ...rollout("x"), kind: "Job" })));
    expect(kind.status).toMatchObject({
      code: 422,
      message: 'Rollout.delivery.example.com "x" is invalid: kind: Invalid value: "Job": must be Rollout',
    });
  });

  it.each([
    ["x", "json: cannot unmarshal string into Go struct field ConfigMap.metadata of type v1.ObjectMeta"],
    [{ name: 3 }, "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string"],
    [
      { labels: [] },
      "json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string",
    ],
    [
      { labels: { a: 1 } },
      "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string",
    ],
    [
      { generation: 1.5 },
      "json: cannot unmarshal number 1.5 into Go struct field ObjectMeta.metadata.generation of type int64",
    ],
    [
      { finalizers: "a" },
      "json: cannot unmarshal string into Go struct field ObjectMeta.metadata.finalizers of type []string",
    ],
    [
      { ownerReferences: [true] },
      "json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.ownerReferences of type v1.OwnerReference",
    ],
    [
      { ownerReferences: [{ uid: 5 }] },
      "json: cannot unmarshal number into Go struct field OwnerReference.metadata.ownerReferences.uid of type types.UID",
    ],
    [{ creationTimestamp: "now" }, 'parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"'],
  ])("refuses metadata of the wrong type %#", async (metadata, detail) => {
    const { resource, request } = configMaps();
    const error = await refusal(() => decodeObject(resource, request(), bodyOf({ metadata })));
    expect(error.status).toMatchObject({
      code: 400,
      message: `ConfigMap in version "v1" cannot be handled as a ConfigMap: ${detail}`,
    });
  });

  it("answers a wrong type of a field with 400 for typed kinds, 422 for custom ones", async () => {
    const typed = configMaps();
    expect((await refusal(() => decodeObject(typed.resource, typed.request(), bodyOf({ data: 3 })))).code).toBe(400);
    const custom = rollouts();
    const error = await refusal(() =>
      decodeObject(custom.resource, custom.request(), bodyOf(rollout("x", { replicas: "3" }))),
    );
    expect(error.status).toMatchObject({ code: 422, details: { causes: [{ field: "spec.replicas" }] } });
  });

  it("tells of what is repeated in YAML in the words of its parser, before what is unknown", async () => {
    const { resource, request } = configMaps();
    const repeats = ['line 7: key "a" already set in map', 'line 9: key "b" already set in map'];
    const body = { ...bodyOf({ bogus: 1, zoo: 1 }, ["data.a", "data.b"]), repeats };
    const error = await refusal(() => decodeObject(resource, request({ fieldValidation: "Strict" }), body));
    const yaml = `yaml: unmarshal errors:\n  ${repeats.join("\n  ")}`;
    expect(error.message).toContain(`: strict decoding error: ${yaml}, unknown field "bogus", unknown field "zoo"`);
  });

  it("tells of what is unknown in JSON in the order in which it stands there", async () => {
    const { resource, request } = configMaps();
    const error = await refusal(() =>
      decodeObject(resource, request({ fieldValidation: "Strict" }), bodyOf({ zoo: 1, bogus: 1 })),
    );
    expect(error.message).toContain(': strict decoding error: unknown field "zoo", unknown field "bogus"');
  });

  it("takes null for absent, and times in any zone", () => {
    const { resource, request } = configMaps();
    const metadata = {
      name: "x",
      labels: { a: null },
      annotations: null,
      creationTimestamp: null,
      deletionTimestamp: "2026-01-02T05:04:05.9+02:00",
    };
    expect(decodeObject(resource, request(), bodyOf({ metadata })).metadata).toEqual({
      name: "x",
      labels: { a: "" },
      deletionTimestamp: "2026-01-02T03:04:05Z",
    });
  });

  it("shares nothing with the body", () => {
    const { resource, request } = rollouts();
    const body = rollout("x", { free: { deep: [1] } }, { labels: { a: "1" } });
    const before = JSON.stringify(body);
    const object = decodeObject(resource, request(), bodyOf(body));
    object.metadata.labels = { ...object.metadata.labels, b: "2" };
    object.spec = {};
    expect(JSON.stringify(body)).toBe(before);
  });

  const STRAY = { ...rollout("x", { foo: 1 }, { bar: 1 }), baz: 1 };

  it("refuses unknown and repeated fields under Strict", async () => {
    const { resource, request } = rollouts();
    const error = await refusal(() =>
      decodeObject(resource, request({ fieldValidation: "Strict" }), bodyOf(STRAY, ["data.a"])),
    );
    expect(error.status).toMatchObject({
      code: 400,
      message:
        'Rollout in version "v1" cannot be handled as a Rollout: strict decoding error: unknown field "metadata.bar", ' +
        'unknown field "spec.foo", unknown field "baz", duplicate field "data.a"',
    });
  });

  it("warns of each under Warn and says nothing under Ignore", () => {
    const { resource, request, warnings } = rollouts();
    decodeObject(resource, request({ fieldValidation: "Ignore" }), bodyOf(STRAY, ["data.a"]));
    expect(warnings).toEqual([]);
    const object = decodeObject(resource, request({ fieldValidation: "Warn" }), bodyOf(STRAY, ["data.a"]));
    expect(warnings).toEqual([
      'unknown field "metadata.bar"',
      'unknown field "spec.foo"',
      'unknown field "baz"',
      'duplicate field "data.a"',
    ]);
    expect(object).toEqual(rollout("x", { replicas: 1 }));
  });

  it("warns of no more than a hundred", () => {
    const { resource, request, warnings } = rollouts();
    const spec = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, 1]));
    decodeObject(resource, request(), bodyOf(rollout("x", spec)));
    expect(warnings).toHaveLength(100);
  });
});
