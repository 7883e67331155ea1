import type { JsonObject, JsonValue } from "@quarterdeck/meta";
import type { MessageShape } from "@quarterdeck/sdk";
import { decodeCbor, encodeCbor, objectBody, objectMessage, sealObject } from "@quarterdeck/wire";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Random } from "../process/random.js";
import { completed } from "./complete-message.js";
import { NATIVE_KINDS, type NativeKind } from "./native-kinds.js";
import { RandomMessages } from "./random-message.js";
import { spoilBody } from "./spoil-body.js";
import { UpstreamProtobuf, upstreamMissing } from "./upstream-protobuf.js";

const FIRST = Number(process.env.QUARTERDECK_PROTOBUF_SEED ?? 1);
const OBJECTS = Number(process.env.QUARTERDECK_PROTOBUF_OBJECTS ?? 5);
const SPOILT = 400;
/** How likely a field is set: all of them, then fewer, then none. */
const DENSITIES = [1, 0.9, 0.5, 0.2, 0] as const;

function messageOf({ descriptor, version, title }: NativeKind): MessageShape {
  const message = objectMessage(descriptor, version);
  if (message === undefined) throw new Error(`${title} has no message`);
  return message;
}

function* objectsOf(kind: NativeKind): Iterable<JsonObject> {
  const { apiVersion, kind: name } = kind.version;
  for (let index = 0; index < OBJECTS; index++) {
    const density = DENSITIES[index % DENSITIES.length] ?? 1;
    const messages = new RandomMessages(new Random(FIRST + index), density);
    yield { apiVersion, kind: name, ...messages.root(messageOf(kind)) };
  }
}

it.each(NATIVE_KINDS)("$title is what it was after it went through protobuf", (kind) => {
  const body = objectBody(kind.descriptor, kind.version);
  const message = messageOf(kind);
  for (const object of objectsOf(kind)) {
    const decoded = body?.decode(sealObject(message, object)).object;
    const { apiVersion, kind: name } = object;
    expect(decoded).toEqual({ apiVersion, kind: name, ...completed(message, object) });
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

    it.each(NATIVE_KINDS)("write the same CBOR for $title, and read it as the same", async (kind) => {
      for (const object of objectsOf(kind)) {
        const ours = encodeCbor(object);
        expect(ours.toString("hex")).toBe((await upstream.encodeCbor(object)).toString("hex"));
        expect(decodeCbor(ours)).toEqual(object);
      }
    });

    it("read the CBOR of others as we do, or refuse it as we do", async () => {
      let read = 0;
      const random = new Random(FIRST);
      const [first] = objectsOf(random.pick(NATIVE_KINDS));
      const body = encodeCbor({
        apiVersion: "v1",
        kind: "K",
        a: [1, -2, 0.5, 1e300, true, null],
        m: { x: "y" },
        ...first,
      });
      for (let index = 0; index < SPOILT; index++) {
        const spoilt = spoilBody(body, random);
        const theirs = await upstream.decodeCbor(spoilt);
        let ours: JsonValue | undefined;
        try {
          ours = decodeCbor(spoilt);
        } catch {
          ours = undefined;
        }
        if (typeof theirs === "string") continue;
        read++;
        // Bytes that are no UTF-8 and integers that need more than 53 bits are not for JSON.
        if (ours !== undefined) expect(ours, spoilt.toString("hex")).toEqual(theirs);
      }
      expect(read).toBeGreaterThan(0);
    });

    it.each(NATIVE_KINDS)("write the same bytes for $title, and read what they write", async (kind) => {
      const message = messageOf(kind);
      for (const { apiVersion: _apiVersion, ...fields } of objectsOf(kind)) {
        const object = { apiVersion: kind.upstream, ...fields };
        const ours = sealObject(message, object);
        const theirs = await upstream.encode(object);
        if (!ours.equals(theirs)) {
          expect(await upstream.decode(ours)).toEqual(await upstream.decode(theirs));
        }
        expect(ours.toString("hex")).toBe(theirs.toString("hex"));
      }
    });
  },
);
