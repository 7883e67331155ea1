import { StatusError } from "@quarterdeck/meta";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBody } from "../decode/decode-body.js";
import { GOLDEN } from "../testing/golden-bodies.fixture.js";
import { refusal } from "../testing/refusal.fixture.js";
import { STATUS } from "./meta-messages.js";
import { DELETE_OPTIONS_BODY, inputBody, objectBody, ProtobufBody, SCALE_BODY } from "./protobuf-body.js";
import { bytes, envelope, field } from "./protobuf-bytes.fixture.js";
import { bodyOf, resourceOf } from "./protobuf-kinds.fixture.js";

const PROTOBUF = "application/vnd.kubernetes.protobuf";

const namespaces = bodyOf("Namespace");
const configMaps = bodyOf("ConfigMap");

function attempt(reader: ProtobufBody, body: Buffer): void {
  try {
    JSON.stringify(reader.decode(body).object);
  } catch (error) {
    expect(StatusError.is(error) && error.code).toBe(400);
  }
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

describe("decodeBody of protobuf", () => {
  it("reads it for a kind that has numbers", () => {
    const body = Buffer.from(GOLDEN.emptyNamespace.hex, "hex");
    expect(decodeBody(`${PROTOBUF};charset=utf-8`, body, "Namespace", { protobuf: namespaces })).toMatchObject({
      object: { metadata: { name: "demo" } },
    });
    expect(refusal(() => decodeBody("text/plain", body, "Namespace", { protobuf: namespaces }))).toEqual({
      code: 415,
      message: `the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, ${PROTOBUF}`,
    });
  });

  it.each(["Note", "Rollout"])("refuses it for %s, which is custom or lacks a number", (kind) => {
    const descriptor = resourceOf(kind);
    const body = objectBody(descriptor, descriptor.storageVersion);
    expect(body).toBeUndefined();
    expect(
      refusal(() => decodeBody(PROTOBUF, envelope("v1", kind, Buffer.alloc(0)), kind, { protobuf: body })),
    ).toEqual({
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
