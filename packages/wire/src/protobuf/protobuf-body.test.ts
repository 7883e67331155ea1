import { StatusError } from "@quarterdeck/meta";
import { compileResources, type ResourceDescriptor } from "@quarterdeck/scheme";
import { ApiObject, Field, Resource, Subresource } from "@quarterdeck/sdk";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigMap } from "../../../../plugins/resources-kubernetes/src/config-map.js";
import { Event } from "../../../../plugins/resources-kubernetes/src/event.js";
import { Namespace } from "../../../../plugins/resources-kubernetes/src/namespace.js";
import { Secret } from "../../../../plugins/resources-kubernetes/src/secret.js";
import { decodeBody } from "../decode/decode-body.js";
import { GOLDEN } from "../testing/golden-bodies.js";
import { STATUS } from "./meta-messages.js";
import { DELETE_OPTIONS_BODY, inputBody, objectBody, ProtobufBody, SCALE_BODY } from "./protobuf-body.js";

const PROTOBUF = "application/vnd.kubernetes.protobuf";

class Binding {
  @Field({ proto: 2 }) target?: string;
}

@Resource({ group: "", version: "v1", kind: "Note" })
class Note extends ApiObject {
  @Field({ proto: 2 }) text?: string;
  @Field() unnumbered?: string;

  @Subresource("binding")
  bind(_input: Binding): this {
    return this;
  }
}

@Resource({ group: "example.com", version: "v1", kind: "Rollout", flavour: "custom" })
class Rollout extends ApiObject {
  @Field({ proto: 2 }) image?: string;
}

const resources = compileResources([Namespace, ConfigMap, Secret, Event, Note, Rollout], {
  runtimeConfig: {},
  sourceOf: () => "test",
});

function resourceOf(kind: string): ResourceDescriptor {
  const found = resources.find((one) => one.kind === kind);
  if (found === undefined) throw new TypeError(`no ${kind}`);
  return found;
}

function bodyOf(kind: string): ProtobufBody {
  const descriptor = resourceOf(kind);
  const body = objectBody(descriptor, descriptor.storageVersion);
  if (body === undefined) throw new TypeError(`${kind} has no protobuf form`);
  return body;
}

const namespaces = bodyOf("Namespace");
const configMaps = bodyOf("ConfigMap");

/** What `run` is refused with. */
function refusal(run: () => unknown): { code: number; message: string } {
  try {
    run();
  } catch (error) {
    if (StatusError.is(error)) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error("was not refused");
}

function bytes(...parts: readonly (number | string | Buffer)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === "number" ? Buffer.from([part]) : Buffer.from(part))));
}

/** A length-delimited field. */
function field(number: number, content: Buffer | string): Buffer {
  const length = [];
  let rest = Buffer.byteLength(content);
  for (; rest > 127; rest >>>= 7) length.push((rest & 127) | 128);
  return bytes((number << 3) | 2, Buffer.from([...length, rest]), content);
}

function envelope(apiVersion: string, kind: string, raw: Buffer): Buffer {
  return bytes("k8s\0", field(1, bytes(field(1, apiVersion), field(2, kind))), field(2, raw));
}

describe("what Go writes", () => {
  const readers: { readonly [name in keyof typeof GOLDEN]: ProtobufBody } = {
    emptyNamespace: namespaces,
    namespace: namespaces,
    configMap: configMaps,
    secret: bodyOf("Secret"),
    event: bodyOf("Event"),
    deleteOptions: DELETE_OPTIONS_BODY,
    emptyDeleteOptions: DELETE_OPTIONS_BODY,
    scale: SCALE_BODY,
    status: new ProtobufBody({ kind: "Status", apiVersion: "v1" }, STATUS),
  };

  it.each(Object.entries(GOLDEN))("is read as its JSON form: %s", (name, { hex, object }) => {
    const reader = Object.entries(readers).find(([one]) => one === name)?.[1];
    expect(reader?.decode(Buffer.from(hex, "hex"))).toEqual({ object, duplicates: [] });
  });

  it("keeps __proto__ as an own key", () => {
    const { object } = configMaps.decode(Buffer.from(GOLDEN.configMap.hex, "hex"));
    expect(Object.keys(Object(object.data)).sort()).toEqual(["__proto__", "a", "empty"]);
    expect(Reflect.get({}, "p")).toBeUndefined();
  });

  it("is refused or read when it is cut off anywhere, never anything else", () => {
    for (const { hex } of Object.values(GOLDEN)) {
      const whole = Buffer.from(hex, "hex");
      for (let length = 0; length < whole.length; length++) {
        for (const reader of [namespaces, configMaps, DELETE_OPTIONS_BODY]) attempt(reader, whole.subarray(0, length));
      }
    }
  });
});

function attempt(reader: ProtobufBody, body: Buffer): void {
  try {
    JSON.stringify(reader.decode(body).object);
  } catch (error) {
    expect(StatusError.is(error) && error.code).toBe(400);
  }
}

describe("decodeBody of protobuf", () => {
  it("reads it for a kind that has numbers", () => {
    const body = Buffer.from(GOLDEN.emptyNamespace.hex, "hex");
    expect(decodeBody(`${PROTOBUF};charset=utf-8`, body, "Namespace", namespaces)).toMatchObject({
      object: { metadata: { name: "demo" } },
    });
    expect(refusal(() => decodeBody("text/plain", body, "Namespace", namespaces))).toEqual({
      code: 415,
      message: `the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, ${PROTOBUF}`,
    });
  });

  it.each(["Note", "Rollout"])("refuses it for %s, which is custom or lacks a number", (kind) => {
    const descriptor = resourceOf(kind);
    const body = objectBody(descriptor, descriptor.storageVersion);
    expect(body).toBeUndefined();
    expect(refusal(() => decodeBody(PROTOBUF, envelope("v1", kind, Buffer.alloc(0)), kind, body))).toEqual({
      code: 415,
      message:
        "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml",
    });
  });

  it("reads the input of a subresource by its class, whatever it calls itself", () => {
    const descriptor = resourceOf("Note");
    const version = descriptor.storageVersion;
    const input = inputBody(descriptor, version, version.subresources.get("binding"));
    expect(input?.decode(envelope("policy/v1", "Eviction", field(2, "node"))).object).toEqual({
      apiVersion: "policy/v1",
      kind: "Eviction",
      target: "node",
    });
    expect(inputBody(resourceOf("Namespace"), resourceOf("Namespace").storageVersion, undefined)).toBe(namespaces);
  });

  it("reads only the type of another kind, which the registry then refuses", () => {
    const secret = Buffer.from(GOLDEN.secret.hex, "hex");
    expect(namespaces.decode(secret).object).toEqual({ apiVersion: "v1", kind: "Secret" });
    expect(namespaces.decode(envelope("apps/v1", "Namespace", Buffer.from("x"))).object).toEqual({
      apiVersion: "apps/v1",
      kind: "Namespace",
    });
  });

  it("takes an envelope without a type, and one without a message", () => {
    expect(namespaces.decode(bytes("k8s\0", field(2, field(1, field(1, "a"))))).object).toEqual({
      metadata: { name: "a" },
    });
    expect(namespaces.decode(bytes("k8s\0", field(4, "x"))).object).toEqual({});
  });
});

describe("malformed envelopes", () => {
  it.each([
    ["nothing", "", "empty data (<empty>)"],
    ["JSON", "{}", "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] ({})"],
    ["only the magic bytes", "k8s\0", "empty body (6b387300)"],
    ["a message cut off", bytes("k8s\0", 0x12, 9), "unexpected EOF (6b3873001209)"],
    ["a varint for raw", bytes("k8s\0", 0x10, 1), "proto: wrong wireType = 0 for field Raw (6b3873001001)"],
    ["field 0", bytes("k8s\0", 0), "proto: Unknown: illegal tag 0 (wire type 0) (6b38730000)"],
  ])("refuses %s", (_name, body, detail) => {
    expect(refusal(() => namespaces.decode(Buffer.from(body)))).toEqual({
      code: 400,
      message: `the object provided is unrecognized (must be of type Namespace): ${detail}`,
    });
  });
});

describe("malformed messages", () => {
  const over = Buffer.alloc(10, 0xff);
  it.each([
    ["a wrong wire type", bytes(0x08, 1), "proto: wrong wireType = 0 for field Metadata"],
    ["a wrong wire type inside", field(1, bytes(0x28, 1)), "proto: wrong wireType = 0 for field UID"],
    ["a string cut off", field(1, bytes(0x0a, 5, "ab")), "unexpected EOF"],
    ["a message longer than the one around it", bytes(field(1, bytes(0x0a, 5)), "abcdefgh"), "unexpected EOF"],
    ["invalid UTF-8", field(1, field(1, Buffer.from([0xc3, 0x28]))), "proto: string field contains invalid UTF-8"],
    ["an over-long varint", field(1, bytes(0x38, over, 1)), "proto: integer overflow"],
    [
      "more than 53 bits",
      field(1, bytes(0x38, Buffer.alloc(8, 0xff), 0x7f)),
      "proto: integer overflow: more than 53 bits",
    ],
    ["a negative length", bytes(0x0a, Buffer.alloc(9, 0xff), 1), "proto: negative length found during unmarshaling"],
    ["the end of no group", Buffer.from([0x0c]), "proto: Namespace: wiretype end group for non-group"],
    ["wire type 7", Buffer.from([0x7f]), "proto: illegal wireType 7"],
    ["a group without an end", Buffer.alloc(100_000, 0x7b), "unexpected EOF"],
    [
      "a time out of range",
      field(1, field(8, bytes(0x08, Buffer.alloc(6, 0xff), 0x7f))),
      "proto: Timestamp: out of range",
    ],
    [
      "fieldsV1 that is no JSON",
      field(1, bytes(0x8a, 1, 6, field(7, field(1, "{x")))),
      "invalid character 'x' looking for beginning of object key string",
    ],
  ])("refuses %s", (_name, raw, detail) => {
    const { code, message } = refusal(() => namespaces.decode(envelope("v1", "Namespace", raw)));
    expect({ code, message }).toEqual({
      code: 400,
      message: `Namespace in version "v1" cannot be handled as a Namespace: ${detail}`,
    });
  });
});

describe("what protobuf allows", () => {
  const read = (raw: Buffer) => namespaces.decode(envelope("v1", "Namespace", raw)).object;

  it("skips fields that it does not know, and groups as deep as they go", () => {
    const groups = bytes(Buffer.alloc(100_000, 0x7b), Buffer.alloc(100_000, 0x7c));
    const unknown = bytes(0x78, 1, 0x79, Buffer.alloc(8), 0x7d, Buffer.alloc(4), field(15, "x"), groups);
    expect(read(bytes(unknown, field(1, bytes(unknown, field(1, "a")))))).toMatchObject({ metadata: { name: "a" } });
  });

  it("takes the last of several scalars and map values, and merges messages and lists", () => {
    const first = field(
      1,
      bytes(field(1, "a"), field(2, "g"), field(14, "f1"), field(11, bytes(field(1, "k"), field(2, "1")))),
    );
    const second = field(
      1,
      bytes(field(1, "b"), field(2, ""), field(14, "f2"), field(11, bytes(field(2, "2"), field(1, "k")))),
    );
    expect(read(bytes(first, second))).toMatchObject({
      metadata: { name: "b", finalizers: ["f1", "f2"], labels: { k: "2" } },
    });
    expect(Object.keys(Object(read(bytes(first, second)).metadata))).not.toContain("generateName");
  });

  it("gives map entries without a key or a value the empty one", () => {
    expect(read(field(1, bytes(field(11, field(1, "k")), field(12, field(2, "v")))))).toMatchObject({
      metadata: { labels: { k: "" }, annotations: { "": "v" } },
    });
  });

  it("reads negative numbers, the epoch and U+FFFD, and the zero time as absent", () => {
    const minusOne = Buffer.concat([Buffer.alloc(9, 0xff), Buffer.from([1])]);
    const epoch = field(8, bytes(0x08, 0));
    expect(read(field(1, bytes(field(1, "\ufffd"), 0x38, minusOne, epoch)))).toMatchObject({
      metadata: { name: "\ufffd", generation: -1, creationTimestamp: "1970-01-01T00:00:00Z" },
    });
    expect(Object(read(field(1, bytes(epoch, field(8, ""))))).metadata).toEqual({});
  });
});

describe("properties", () => {
  it("answers any bytes with data or 400", () => {
    const seeds = Object.values(GOLDEN).map(({ hex }) => Buffer.from(hex, "hex"));
    const broken = fc
      .tuple(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }))
      .map(([seed, changes]) => {
        const body = Buffer.from(seed);
        for (const [at, byte] of changes) body[at % body.length] = byte;
        return body;
      });
    const wild = fc.uint8Array({ maxLength: 200 }).map((raw) => envelope("v1", "Namespace", Buffer.from(raw)));
    fc.assert(
      fc.property(
        fc.oneof(
          broken,
          wild,
          fc.uint8Array().map((raw) => Buffer.from(raw)),
        ),
        (body) => {
          for (const reader of [namespaces, configMaps, bodyOf("Event"), DELETE_OPTIONS_BODY, SCALE_BODY])
            attempt(reader, body);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it("reads any ConfigMap", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(text, fc.dictionary(text, text), fc.dictionary(text, fc.uint8Array()), (name, data, binaryData) => {
        const entries = (number: number, map: { [key: string]: string | Uint8Array }) =>
          Object.entries(map).map(([key, value]) =>
            field(number, bytes(field(1, key), field(2, typeof value === "string" ? value : Buffer.from(value)))),
          );
        const raw = bytes(field(1, field(1, name)), ...entries(2, data), ...entries(3, binaryData));
        const { object } = configMaps.decode(envelope("v1", "ConfigMap", raw));
        const base64 = Object.entries(binaryData).map(([key, value]) => [key, Buffer.from(value).toString("base64")]);
        expect(object.metadata).toEqual(name === "" ? {} : { name });
        expect(Object.entries(Object(object.data))).toEqual(Object.entries(data));
        expect(Object.entries(Object(object.binaryData))).toEqual(Object.entries(Object.fromEntries(base64)));
      }),
    );
  });
});
