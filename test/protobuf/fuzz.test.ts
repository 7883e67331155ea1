import { type JsonObject, StatusError } from "@quarterdeck/meta";
import { objectBody, objectMessage, sealObject } from "@quarterdeck/wire";
import { describe, expect, it } from "vitest";
import { Random } from "../process/random.js";
import { NATIVE_KINDS, type NativeKind } from "./native-kinds.js";
import { RandomMessages } from "./random-message.js";
import { spoilBody } from "./spoil-body.js";

const BODIES = Number(process.env.QUARTERDECK_FUZZ_BODIES ?? 4000);
const SEED = Number(process.env.QUARTERDECK_FUZZ_SEED ?? 1);
/** So many bodies are made of one object: making objects takes longer than reading them. */
const BODIES_PER_OBJECT = 20;
const MAX_BODY = 3 * 1024 * 1024;

function read({ descriptor, version }: NativeKind, body: Buffer): JsonObject | StatusError {
  try {
    return objectBody(descriptor, version)?.decode(body).object ?? {};
  } catch (error) {
    if (StatusError.is(error)) return error;
    throw error;
  }
}

/** What is read is written again, and then read as the same; the object is of another kind when its envelope says so. */
function checkSound(kind: NativeKind, object: JsonObject, what: string): void {
  const { apiVersion, kind: name } = kind.version;
  if (object.kind !== name || object.apiVersion !== apiVersion) return;
  const message = objectMessage(kind.descriptor, kind.version);
  if (message === undefined) throw new Error(`${name} has no message`);
  const again = sealObject(message, object);
  const twice = read(kind, again);
  if (StatusError.is(twice)) throw new Error(`${what}: ${twice.message}`);
  expect(sealObject(message, twice).equals(again), what).toBe(true);
}

function check(kind: NativeKind, body: Buffer): "refused" | "read" {
  const what = `${kind.title} ${body.toString("base64")}`;
  const result = read(kind, body);
  if (!StatusError.is(result)) {
    checkSound(kind, result, what);
    return "read";
  }
  expect(result.code, what).toBe(400);
  expect(result.message, what).not.toBe("");
  return "refused";
}

describe("bodies in protobuf", () => {
  it("that are spoilt are refused with a Status, or are objects", { timeout: 600_000 }, () => {
    const seen = { refused: 0, read: 0 };
    for (let index = 0; index * BODIES_PER_OBJECT < BODIES; index++) {
      const random = new Random(SEED + index);
      const kind = random.pick(NATIVE_KINDS);
      const message = objectMessage(kind.descriptor, kind.version);
      if (message === undefined) throw new Error(`${kind.title} has no message`);
      const { apiVersion, kind: name } = kind.version;
      const messages = new RandomMessages(random, random.pick([0.2, 0.5, 0.9]));
      const body = sealObject(message, { apiVersion, kind: name, ...messages.root(message) });
      for (let count = 0; count < BODIES_PER_OBJECT; count++) seen[check(kind, spoilBody(body, random))]++;
    }
    expect(seen.refused).toBeGreaterThan(BODIES / 10);
    expect(seen.read).toBeGreaterThan(BODIES / 50);
  });

  it.each([
    ["messages in messages as deep as they go", 0x0a],
    ["groups in groups", 0x0b],
  ])("of the greatest size are refused when they are %s", (_what, byte) => {
    for (const kind of NATIVE_KINDS) {
      const body = Buffer.alloc(MAX_BODY, byte);
      body.write("k8s\0", 0, "latin1");
      expect(check(kind, body)).toBe("refused");
    }
  });
});
