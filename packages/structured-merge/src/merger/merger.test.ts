import type { JsonObject } from "@quarterdeck/meta";
import type { StructuralSchema } from "@quarterdeck/scheme";
import { expect, test } from "vitest";
import { FieldSet } from "../field-set/field-set.js";
import { compileMergeSchema } from "../schema/compile-merge-schema.js";
import type { Managers } from "./managers.js";
import { MergeConflictError } from "./merge-conflict-error.js";
import { Merger } from "./merger.js";

const PORT: StructuralSchema = {
  type: "object",
  properties: { port: { type: "integer" }, protocol: { type: "string", default: "TCP" }, name: { type: "string" } },
};
const schema = compileMergeSchema({
  type: "object",
  properties: {
    spec: {
      type: "object",
      properties: {
        replicas: { type: "integer" },
        image: { type: "string" },
        ports: {
          type: "array",
          items: PORT,
          "x-kubernetes-list-type": "map",
          "x-kubernetes-list-map-keys": ["port", "protocol"],
        },
      },
    },
  },
});
const merger = new Merger({ schemaOf: () => schema, convert: (object) => object, ignoredIn: () => undefined });
const NOBODY: Managers = new Map();

function apply(live: JsonObject, config: JsonObject, managers: Managers, manager: string, force = false) {
  return merger.apply(live, config, "v1", managers, manager, force);
}

function fieldsOfManagers(managers: Managers) {
  return Object.fromEntries([...managers].map(([name, { fields }]) => [name, fields.toJson()]));
}

test("an apply owns what it says, and takes away what it does not say any more", () => {
  const first = apply({}, { spec: { replicas: 2, ports: [{ port: 80, name: "web" }] } }, NOBODY, "ann");
  expect(first.object).toEqual({ spec: { replicas: 2, ports: [{ port: 80, name: "web" }] } });
  expect(fieldsOfManagers(first.managers)).toEqual({
    ann: {
      "f:spec": {
        "f:ports": { 'k:{"port":80,"protocol":"TCP"}': { ".": {}, "f:name": {}, "f:port": {} } },
        "f:replicas": {},
      },
    },
  });
  const second = apply(first.object ?? {}, { spec: { replicas: 2 } }, first.managers, "ann");
  expect(second.object).toEqual({ spec: { replicas: 2 } });
  expect(apply(second.object ?? {}, { spec: { replicas: 2 } }, second.managers, "ann").object).toBeUndefined();
});

test("a field of another manager is a conflict unless the value is the same or the apply is forced", () => {
  const { object = {}, managers } = apply({}, { spec: { replicas: 2, image: "a" } }, NOBODY, "ann");
  expect(fieldsOfManagers(apply(object, { spec: { image: "a" } }, managers, "ben").managers)).toEqual({
    ann: { "f:spec": { "f:image": {}, "f:replicas": {} } },
    ben: { "f:spec": { "f:image": {} } },
  });
  expect(() => apply(object, { spec: { image: "b" } }, managers, "ben")).toThrow(MergeConflictError);
  expect(() => apply(object, { spec: { image: "b" } }, managers, "ben")).toThrow('conflict with "ann": .spec.image');
  const forced = apply(object, { spec: { image: "b" } }, managers, "ben", true);
  expect(forced.object).toEqual({ spec: { replicas: 2, image: "b" } });
  expect(fieldsOfManagers(forced.managers)).toEqual({
    ann: { "f:spec": { "f:replicas": {} } },
    ben: { "f:spec": { "f:image": {} } },
  });
});

test("an update owns what it changes", () => {
  const { object = {}, managers } = apply({}, { spec: { replicas: 2, image: "a" } }, NOBODY, "ann");
  const after = merger.update(object, { spec: { replicas: 3, image: "a" } }, "v1", managers, "ben");
  expect(fieldsOfManagers(after)).toEqual({
    ann: { "f:spec": { "f:image": {} } },
    ben: { "f:spec": { "f:replicas": {} } },
  });
  expect(merger.update({}, { spec: { ports: [{ port: 1 }] } }, "v1", NOBODY, "ben").get("ben")?.fields).toEqual(
    FieldSet.fromJson({
      "f:spec": { ".": {}, "f:ports": { ".": {}, 'k:{"port":1,"protocol":"TCP"}': { ".": {}, "f:port": {} } } },
    }),
  );
});
