import type { JsonValue } from "@quarterdeck/meta";
import { decodeCbor, encodeCbor, objectBody, sealObject } from "@quarterdeck/wire";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Random } from "../process/random.js";
import { completed } from "./complete-message.js";
import { messageOf, NATIVE_KINDS } from "./native-kinds.js";
import { randomObjects } from "./random-objects.js";
import { spoilBody } from "./spoil-body.js";
import { UpstreamProtobuf, upstreamMissing } from "./upstream-protobuf.js";

const FIRST = Number(process.env.QUARTERDECK_PROTOBUF_SEED ?? 1);
const SPOILT = 400;
it.each(NATIVE_KINDS)("$title is what it was after it went through protobuf", (kind) => {
  const body = objectBody(kind.descriptor, kind.version);
  const message = messageOf(kind);
  for (const object of randomObjects(kind)) {
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
      for (const object of randomObjects(kind)) {
        const ours = encodeCbor(object);
        expect(ours.toString("hex")).toBe((await upstream.encodeCbor(object)).toString("hex"));
        expect(decodeCbor(ours)).toEqual(object);
      }
    });

    it("read the CBOR of others as we do, or refuse it as we do", async () => {
      let read = 0;
      const random = new Random(FIRST);
      const [first] = randomObjects(random.pick(NATIVE_KINDS));
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
      for (const { apiVersion: _apiVersion, ...fields } of randomObjects(kind)) {
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
