import type { KubeObject } from "@quarterdeck/meta";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBody } from "../decode/decode-body.js";
import { encodedOf, rollout, v1, v1beta1 } from "../testing/wire.fixture.js";
import { NotCanonicalError } from "./canonical-bytes.js";
import { encodeObject } from "./encode-object.js";
import { spliceRevision } from "./splice-revision.js";
import { listItemOffset, versionBytes } from "./version-bytes.js";

const head = '{"kind":"Rollout","apiVersion":"example.com/v1","metadata":';

function text(object: KubeObject): string {
  return encodeObject(object).toString("utf8");
}

function kube(metadata: KubeObject["metadata"], rest: { [field: string]: string | number } = {}): KubeObject {
  return { apiVersion: "example.com/v1", ...rest, metadata, kind: "Rollout" };
}

describe("encodeObject", () => {
  it("writes metadata in upstream's order, without resourceVersion, maps sorted", () => {
    const object = kube(
      {
        managedFields: [{ manager: "m" }],
        finalizers: ["f"],
        ownerReferences: [{ apiVersion: "v1", kind: "K", name: "n", uid: "u" }],
        annotations: { b: "2", a: "1" },
        labels: { 9: "x", 10: "y", b: "z" },
        deletionGracePeriodSeconds: 0,
        deletionTimestamp: "2020-01-02T00:00:00Z",
        creationTimestamp: "2020-01-01T00:00:00Z",
        generation: 2,
        resourceVersion: "5",
        uid: "u",
        namespace: "ns",
        generateName: "g-",
        name: "n",
      },
      { spec: 1, "0": 2 },
    );
    expect(text(object)).toBe(
      `${head}{"name":"n","generateName":"g-","namespace":"ns","uid":"u","generation":2,"creationTimestamp":"2020-01-01T00:00:00Z",` +
        '"deletionTimestamp":"2020-01-02T00:00:00Z","deletionGracePeriodSeconds":0,"labels":{"10":"y","9":"x","b":"z"},' +
        '"annotations":{"a":"1","b":"2"},"ownerReferences":[{"apiVersion":"v1","kind":"K","name":"n","uid":"u"}],' +
        '"finalizers":["f"],"managedFields":[{"manager":"m"}]},"0":2,"spec":1}',
    );
  });

  it("leaves out what is empty", () => {
    expect(text(kube({ labels: {}, finalizers: [], creationTimestamp: null, generateName: "" }))).toBe(`${head}{}}`);
  });

  it("escapes as Go does", () => {
    expect(text(kube({ name: "a" }, { x: "<b>&\u2028\u2029 \\u003c \ud800 \\ud800 😀" }))).toBe(
      `${head}{"name":"a"},"x":"\\u003cb\\u003e\\u0026\\u2028\\u2029 \\\\u003c \\ufffd \\\\ud800 😀"}`,
    );
  });

  it("keeps __proto__ as data", () => {
    const object: KubeObject = JSON.parse(`${head}{"labels":{"__proto__":"x"}},"__proto__":{"a":1}}`);
    expect(text(object)).toBe(`${head}{"labels":{"__proto__":"x"}},"__proto__":{"a":1}}`);
  });
});

describe("spliceRevision", () => {
  it.each<[KubeObject["metadata"], string]>([
    [{}, '{"resourceVersion":"12"}'],
    [{ generation: 1 }, '{"resourceVersion":"12","generation":1}'],
    [{ name: "n" }, '{"name":"n","resourceVersion":"12"}'],
    [{ generateName: "g-", labels: { a: "b" } }, '{"generateName":"g-","resourceVersion":"12","labels":{"a":"b"}}'],
    [
      { name: "n", generateName: "g", namespace: "s", uid: "u", generation: 1 },
      '{"name":"n","generateName":"g","namespace":"s","uid":"u","resourceVersion":"12","generation":1}',
    ],
  ])("inserts into %j", (metadata, expected) => {
    const spliced = spliceRevision(encodeObject(kube(metadata, { spec: 1 })), 12);
    expect(spliced.toString("utf8")).toBe(`${head}${expected},"spec":1}`);
  });

  it("replaces a resourceVersion of another length", () => {
    const first = spliceRevision(encodeObject(kube({ name: "n", generation: 1 })), 9);
    const second = spliceRevision(first, 1234567);
    expect(second.toString("utf8")).toBe(`${head}{"name":"n","resourceVersion":"1234567","generation":1}}`);
    expect(first.toString("utf8")).toContain('"resourceVersion":"9"');
    expect(spliceRevision(spliceRevision(encodeObject(kube({ generation: 1 })), 9), 10).toString("utf8")).toBe(
      `${head}{"resourceVersion":"10","generation":1}}`,
    );
  });

  it.each([
    '"uid":"x","resourceVersion":"1",',
    'x","uid":"y","resourceVersion":"666',
    '\\","resourceVersion":"666","a":"',
    "\\",
    '{"metadata":{"name":"n"',
    ',"metadata":{',
  ])("is not fooled by %j in names, labels and fields", (spoof) => {
    for (const member of ["name", "generateName", "namespace", "uid"] as const) {
      const metadata = { name: "n", uid: "u", [member]: spoof, labels: { [spoof]: spoof }, resourceVersion: "666" };
      const spliced = spliceRevision(encodeObject(kube(metadata, { [spoof]: spoof })), 12);
      const parsed: KubeObject = JSON.parse(spliced.toString("utf8"));
      expect(parsed.metadata).toEqual({ ...metadata, resourceVersion: "12" });
      expect(parsed[spoof]).toBe(spoof);
      expect(Object.keys(parsed.metadata).indexOf("resourceVersion")).toBe(
        Object.keys(parsed.metadata).indexOf("uid") + 1,
      );
    }
  });

  it("refuses bytes that are not canonical", () => {
    for (const bytes of ["", "{}", '{"apiVersion":"v1","kind":"K","metadata":{}}', `${head}{"name":"n`, '{"kind":"K']) {
      expect(() => spliceRevision(Buffer.from(bytes), 1)).toThrow(NotCanonicalError);
    }
  });
});

describe("versionBytes and listItemOffset", () => {
  it("are the shared bytes for the storage version, a kept conversion for another", () => {
    const encoded = encodedOf(rollout("a"), 42);
    expect(versionBytes(v1, encoded)).toBe(encoded.bytes);
    const converted = versionBytes(v1beta1, encoded);
    expect(versionBytes(v1beta1, encoded)).toBe(converted);
    expect(JSON.parse(converted.toString("utf8"))).toMatchObject({
      apiVersion: "example.com/v1beta1",
      metadata: { resourceVersion: "42", uid: "uid-a" },
      converted: true,
    });
  });

  it("cut kind and apiVersion off", () => {
    const { bytes } = encodedOf(rollout("a"));
    const item: unknown = JSON.parse(`{${bytes.subarray(listItemOffset(v1)).toString("utf8")}`);
    expect(Object.keys(Object(item))).toEqual(["metadata", "spec"]);
  });
});

describe("properties", () => {
  const wellFormed = fc.string({ unit: "grapheme" }).map((value) => Buffer.from(value, "utf8").toString("utf8"));
  const object = fc.record({
    kind: fc.constant("Rollout"),
    apiVersion: fc.constant("example.com/v1"),
    metadata: fc.record(
      {
        name: wellFormed.filter((name) => name !== ""),
        generateName: wellFormed.filter((name) => name !== ""),
        uid: wellFormed.filter((uid) => uid !== ""),
        generation: fc.nat(),
        labels: fc.dictionary(wellFormed, wellFormed, { minKeys: 1 }),
        finalizers: fc.array(wellFormed, { minLength: 1 }),
      },
      { requiredKeys: [] },
    ),
    spec: fc.jsonValue(),
  });

  it("decodes what it encodes, with any revision spliced in", () => {
    fc.assert(
      fc.property(object, fc.nat(), fc.nat(), (value, revision, later) => {
        const plain: KubeObject = JSON.parse(JSON.stringify(value));
        const encoded = encodeObject(plain);
        expect(decodeBody("", encoded)).toEqual({ object: plain, duplicates: [] });
        const spliced = spliceRevision(spliceRevision(encoded, revision), later);
        const expected = { ...plain, metadata: { ...plain.metadata, resourceVersion: String(later) } };
        expect(decodeBody("", spliced)).toEqual({ object: expected, duplicates: [] });
      }),
      { numRuns: 500 },
    );
  });
});
