import type { JsonObject } from "@quarterdeck/meta";
import type { Random } from "../process/random.js";

const KEYS = [
  "f:a",
  "f:b",
  "f:__proto__",
  "f:",
  "f:.",
  "f:é",
  "f:😀",
  "f:\ufb00",
  'f:q"<&>\n',
  'k:{"name":"x"}',
  'k:{"name":"y"}',
  'k:{"port":80,"protocol":"TCP"}',
  'k:{"protocol":"UDP","port":80}',
  'k:{"port":3000000}',
  'k:{"a<b>&":"<&>\\b\\u2028"}',
  "k:{}",
  'v:"x"',
  'v:"y"',
  "v:1",
  "v:1.0",
  "v:-2.5",
  "v:1e21",
  "v:0.0000001",
  "v:true",
  "v:null",
  'v:[1,"x"]',
  'v:{"a":"<"}',
  "i:0",
  "i:12",
  "x:unknown",
];

/** A `fieldsV1` with steps of every kind, in no order. */
export function randomFields(random: Random, depth: number): JsonObject {
  const fields: JsonObject = {};
  for (let count = random.below(6); count > 0; count--) {
    fields[random.pick(KEYS)] = depth > 0 && random.chance(0.6) ? randomFields(random, depth - 1) : {};
  }
  if (random.chance(0.2)) fields["."] = {};
  return fields;
}
