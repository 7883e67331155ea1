import { FieldErrors, isJsonObject, type JsonObject, type JsonValue } from "@quarterdeck/meta";
import type { StructuralSchema } from "@quarterdeck/sdk";
import { objectBody, sealObject } from "@quarterdeck/wire";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Random } from "../process/random.js";
import { messageOf, NATIVE_KINDS, type NativeKind } from "./native-kinds.js";
import { randomObjects } from "./random-objects.js";
import { UpstreamProtobuf, upstreamMissing } from "./upstream-protobuf.js";

/** An object as the server keeps it once it has read it; its metadata have rules of their own. */
function normalised({ version, title }: NativeKind, object: JsonObject): JsonObject {
  const { apiVersion: _version, kind: _kind, metadata: _metadata, ...fields } = object;
  const report = { unknown: [], errors: new FieldErrors() };
  const normal = version.normaliser.normalise(fields, report);
  expect(report, title).toEqual({ unknown: [], errors: new FieldErrors() });
  return normal;
}

/** The pointers whose defaults are zero values. */
const POINTERS = ["AzureDiskVolumeSource.readOnly", "FileKeySelector.optional", "GRPCAction.service"];

function isPointer({ className = "" }: StructuralSchema, field: string): boolean {
  return POINTERS.includes(`${className}.${field}`);
}

/** What upstream's server fills in that its schemas tell of, and its JSON alone does not. */
function withDefaults(schema: StructuralSchema, value: JsonValue): JsonValue {
  const { items, properties = {}, additionalProperties } = schema;
  if (Array.isArray(value)) return items === undefined ? value : value.map((one) => withDefaults(items, one));
  if (!isJsonObject(value)) return value;
  const result: JsonObject = {};
  for (const [name, one] of Object.entries(value)) {
    const inner = properties[name] ?? additionalProperties;
    result[name] = typeof inner === "object" ? withDefaults(inner, one ?? null) : one;
  }
  for (const [name, { default: preset }] of Object.entries(properties))
    if (typeof preset !== "object" && (preset || isPointer(schema, name))) result[name] ??= preset ?? null;
  return result;
}

/** With every list empty that random numbers choose. */
function emptied(value: JsonValue, random: Random): JsonValue {
  if (Array.isArray(value)) return random.below(3) === 0 ? [] : value.map((one) => emptied(one, random));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one = null]) => [name, emptied(one, random)]));
}

/** What is within its schemas is read by the class, not by the normaliser. */
const UNTRIED = "apiextensions.k8s.io/v1 CustomResourceDefinition";
const TRIED = NATIVE_KINDS.filter(({ title }) => title !== UNTRIED);

it.each(TRIED)("$title is normal once it is, and after it went through protobuf", (kind) => {
  const body = objectBody(kind.descriptor, kind.version);
  for (const object of randomObjects(kind)) {
    const normal = normalised(kind, object);
    expect(normalised(kind, normal)).toEqual(normal);
    const { apiVersion, kind: name } = kind.version;
    const bytes = sealObject(messageOf(kind), { apiVersion, kind: name, ...normal });
    expect(normalised(kind, body?.decode(bytes).object ?? {})).toEqual(normal);
  }
});

describe.skipIf(upstreamMissing !== undefined)(
  `upstream's types${upstreamMissing === undefined ? "" : ` (skipped: ${upstreamMissing})`}`,
  () => {
    let upstream: UpstreamProtobuf;
    beforeAll(() => {
      upstream = new UpstreamProtobuf();
    });
    afterAll(() => upstream?.stop());

    it.each(TRIED)("have the JSON of $title that is normal here", async (kind) => {
      for (const object of randomObjects(kind)) {
        const sent = await upstream.encode({ ...object, apiVersion: kind.upstream });
        const { kind: _kind, apiVersion: _version, metadata: _metadata, ...theirs } = await upstream.decode(sent);
        expect(normalised(kind, object)).toEqual(withDefaults(kind.version.schema, theirs));
      }
    });

    it.each(TRIED)("have the JSON of $title that is stored here when lists are empty", async (kind) => {
      const { settle } = kind.version.normaliser;
      for (const full of randomObjects(kind)) {
        const object = emptied(full, new Random(1));
        if (!isJsonObject(object)) continue;
        const sent = await upstream.encode({ ...object, apiVersion: kind.upstream });
        const { kind: _kind, apiVersion: _version, metadata: _metadata, ...theirs } = await upstream.decode(sent);
        const fields = normalised(kind, object);
        expect(settle?.(fields)).toEqual(withDefaults(kind.version.schema, theirs));
      }
    });
  },
);
