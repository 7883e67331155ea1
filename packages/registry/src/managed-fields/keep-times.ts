import type { KubeObject, ManagedFieldsEntry } from "@quarterdeck/meta";
import { sameValue } from "../json/same-value.js";

/**
 * Puts the times of `managedFields` back when nothing else of an object changes, so that a write that says what stands
 * there already is none; upstream's `IgnoreManagedFieldsTimestampsTransformer`.
 */
export function keepTimes(next: KubeObject, old: KubeObject): KubeObject {
  const { managedFields: after } = next.metadata;
  const { managedFields: before } = old.metadata;
  if (after === undefined || before === undefined || after === before || after.length !== before.length) return next;
  if (!after.every((entry, index) => sameButTime(entry, before[index]))) return next;
  const kept = { ...next, metadata: { ...next.metadata, managedFields: before } };
  return sameValue(kept, old) ? kept : next;
}

function sameButTime(one: ManagedFieldsEntry, other: ManagedFieldsEntry | undefined): boolean {
  return other !== undefined && sameValue({ ...one, time: "" }, { ...other, time: "" });
}
