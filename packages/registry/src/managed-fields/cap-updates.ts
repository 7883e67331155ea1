import { FieldSet } from "@quarterdeck/structured-merge";
import { managerKey } from "./manager-name.js";
import type { Ownership } from "./ownership.js";

/** How many managers that update an object has; those that apply are not counted. */
const MOST = 10;
const ANCIENT = "ancient-changes";

/**
 * Merges the oldest entries of updates, those of one version into one called `ancient-changes`, until there are no more
 * than ten; upstream's cap.
 */
export function capUpdates(ownership: Ownership): Ownership {
  const updaters = [...ownership.managers].filter(([, { applied }]) => !applied).map(([key]) => key);
  if (updaters.length <= MOST) return ownership;
  const managers = new Map(ownership.managers);
  const times = new Map(ownership.times);
  updaters.sort((one, other) => compare(times.get(one), times.get(other)) || compare(one, other));
  const firstOfVersion = new Map<string, string>();
  let left = updaters.length;
  for (const key of updaters) {
    if (left <= MOST) break;
    const apiVersion = managers.get(key)?.apiVersion ?? "";
    const first = firstOfVersion.get(apiVersion);
    if (first === undefined) {
      firstOfVersion.set(apiVersion, key);
      continue;
    }
    const bucket = managerKey({ manager: ANCIENT, operation: "Update", apiVersion, subresource: "" });
    const merged = new Set([key, first, bucket].filter((one) => managers.has(one)));
    let fields = FieldSet.EMPTY;
    for (const one of merged) {
      fields = fields.union(managers.get(one)?.fields ?? FieldSet.EMPTY);
      managers.delete(one);
    }
    managers.set(bucket, { fields, apiVersion, applied: false });
    firstOfVersion.set(apiVersion, bucket);
    // The one that was merged last is the most recent.
    const time = times.get(key);
    if (time !== undefined) times.set(bucket, time);
    left -= merged.size - 1;
  }
  return { managers, times };
}

function compare(one = "", other = ""): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
