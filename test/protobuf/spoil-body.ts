import type { Random } from "../process/random.js";

/** Lengths and numbers that are likely to be taken wrongly. */
const VARINTS = [
  [0xff, 0xff, 0xff, 0xff, 0x07],
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
  [0x80, 0x80, 0x80, 0x00],
] as const;

type Spoil = (body: Buffer, random: Random) => Buffer;

function bytes(count: number, random: Random): Buffer {
  return Buffer.from(Array.from({ length: count }, () => random.below(256)));
}

function insert(body: Buffer, at: number, what: Uint8Array, over = 0): Buffer {
  return Buffer.concat([body.subarray(0, at), what, body.subarray(at + over)]);
}

const SPOILS: readonly Spoil[] = [
  (body, random) => body.subarray(0, random.below(body.length)),
  (body, random) => {
    const spoilt = Buffer.from(body);
    for (let count = 1 + random.below(4); count > 0; count--)
      spoilt[4 + random.below(body.length - 4)] = random.below(256);
    return spoilt;
  },
  (body, random) =>
    insert(body, 4 + random.below(body.length - 4), Uint8Array.from(random.pick(VARINTS)), random.below(2)),
  (body, random) => insert(body, 4 + random.below(body.length - 4), bytes(1 + random.below(20), random)),
  (body, random) => insert(body, 4 + random.below(body.length - 4), Buffer.alloc(0), 1 + random.below(20)),
  (body, random) => Buffer.concat([body.subarray(0, 4), bytes(random.below(300), random)]),
  (body, random) => Buffer.concat([body, body.subarray(random.below(body.length))]),
  (_body, random) => bytes(random.below(300), random),
  // Lengths that promise one message in another, as deep as they go.
  (body, random) =>
    insert(body, 4 + random.below(body.length - 4), Buffer.alloc(random.below(5000), random.pick([0x0a, 0x12, 0x0b]))),
];

/** A body of protobuf with something wrong with it, or not quite. */
export function spoilBody(body: Buffer, random: Random): Buffer {
  return random.pick(SPOILS)(body, random);
}
