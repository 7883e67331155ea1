import type { KubeObject, OwnerReference } from "@quarterdeck/meta";
import { sameValue } from "../json/same-value.js";
import type { WriteRequest } from "../registry-resource.js";

const ADVICE =
  "API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; " +
  "please fix your requests; duplicate UID(s) observed:";

/** Drops owner references that say the same as an earlier one, with upstream's warning. */
export function dedupOwnerReferences(request: WriteRequest, object: KubeObject, afterMutation: boolean): void {
  const owners = object.metadata.ownerReferences;
  if (owners === undefined || owners.length < 2) return;
  const byUid = new Map<string, OwnerReference[]>();
  const kept: OwnerReference[] = [];
  const dropped: string[] = [];
  for (const owner of owners) {
    const seen = byUid.get(owner.uid);
    if (seen?.some((one) => sameValue(one, owner)) === true) {
      dropped.push(owner.uid);
      continue;
    }
    if (seen === undefined) byUid.set(owner.uid, [owner]);
    else seen.push(owner);
    kept.push(owner);
  }
  if (dropped.length === 0) return;
  const when = afterMutation ? " after mutating admission happens" : "";
  request.warn(`.metadata.ownerReferences contains duplicate entries${when}; ${ADVICE} ${dropped.join(", ")}`);
  object.metadata.ownerReferences = kept;
}
