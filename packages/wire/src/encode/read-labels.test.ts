import fc from "fast-check";
import { expect, it } from "vitest";
import { NotCanonicalError } from "./canonical-bytes.js";
import { encodeObject } from "./encode-object.js";
import { readLabels } from "./read-labels.js";
import { readMetadata } from "./read-metadata.js";
import { spliceRevision } from "./splice-revision.js";

const text = fc.string({
  unit: fc.constantFrom('"', "\\", "{", "}", ":", ",", "labels", '"labels":{', "é", "\u2028", "a"),
});
const map = fc.dictionary(text, text, { maxKeys: 3 });

it("finds the labels and the metadata of any object, whatever its other texts pretend", () => {
  fc.assert(
    fc.property(text, fc.option(map, { nil: undefined }), map, fc.boolean(), (name, labels, annotations, nested) => {
      const object = {
        kind: "K",
        apiVersion: "v1",
        metadata: {
          name,
          generation: 3,
          ...(labels && { labels }),
          annotations,
          ownerReferences: [{ apiVersion: "v1", kind: name, name, uid: "u" }],
        },
        ...(nested && { spec: { template: { metadata: { labels: { not: "mine" } } } } }),
      };
      const value = encodeObject(object);
      for (const bytes of [value, spliceRevision(value, 12)]) {
        expect({ ...readLabels(bytes) }).toEqual({ ...labels });
        expect(readMetadata(bytes)).toEqual(JSON.parse(bytes.toString()).metadata);
      }
    }),
  );
});

it("finds labels behind other members, as another program may write them", () => {
  const json = (metadata: string) =>
    Buffer.from(`{"kind":"K","apiVersion":"v1","metadata":${metadata},"labels":{"x":"y"}}`);
  expect(readLabels(json('{"annotations":{"labels":"{"},"finalizers":["a"],"labels":{"a":"b"},"name":"n"}'))).toEqual({
    a: "b",
  });
  expect(readLabels(json("{}"))).toEqual({});
  expect(readMetadata(json('{"annotations":{"}":"}"},"name":"n"}'))).toEqual({ annotations: { "}": "}" }, name: "n" });
  expect(() => readMetadata(Buffer.from('{"metadata":{}}'))).toThrow(NotCanonicalError);
  expect(() => readLabels(json('{ "labels":{}}'))).toThrow(NotCanonicalError);
  expect(() => readLabels(json('{"labels" :{}}'))).toThrow(NotCanonicalError);
  expect(() => readLabels(Buffer.from('{"kind":"K","apiVersion":"v1","metadata":{"name":"n'))).toThrow(
    NotCanonicalError,
  );
});
