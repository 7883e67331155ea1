import { type JsonObject, setOwn } from "@quarterdeck/meta";

/** The fields that the two groups call differently: as `events.k8s.io` has it, as the core group has it. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["regarding", "involvedObject"],
  ["note", "message"],
  ["reportingController", "reportingComponent"],
  ["deprecatedSource", "source"],
  ["deprecatedFirstTimestamp", "firstTimestamp"],
  ["deprecatedLastTimestamp", "lastTimestamp"],
  ["deprecatedCount", "count"],
]);
const BACK: ReadonlyMap<string, string> = new Map([...NAMES].map(([ours, theirs]) => [theirs, ours]));

function renamed(event: object, names: ReadonlyMap<string, string>): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(event)) setOwn(result, names.get(key) ?? key, value);
  return result;
}

/** An event of `events.k8s.io` as the core group has it. */
export function toCore(event: object): JsonObject {
  return renamed(event, NAMES);
}

/** An event of the core group as `events.k8s.io` has it. */
export function fromCore(event: object): JsonObject {
  return renamed(event, BACK);
}
