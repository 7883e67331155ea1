import type { OwnerReference } from "@quarterdeck/meta";

/** How the references of an object have changed; each owner counts once, by its uid. */
export interface ReferenceChanges {
  readonly added: readonly OwnerReference[];
  readonly removed: readonly OwnerReference[];
  /** The uids of owners whose deletion waited for this object and need not wait any more. */
  readonly unblocked: readonly string[];
}

function isSame(one: OwnerReference, other: OwnerReference | undefined): boolean {
  return (
    one.uid === other?.uid &&
    one.name === other.name &&
    one.kind === other.kind &&
    one.apiVersion === other.apiVersion &&
    one.controller === other.controller &&
    one.blockOwnerDeletion === other.blockOwnerDeletion
  );
}

/** What is different between the references as they were and as they are; undefined when nothing is. */
export function referenceChanges(
  before: readonly OwnerReference[],
  now: readonly OwnerReference[],
): ReferenceChanges | undefined {
  if (before.length === now.length && before.every((one, at) => isSame(one, now[at]))) return undefined;
  const left = new Map(before.map((one) => [one.uid, one]));
  const added: OwnerReference[] = [];
  const unblocked: string[] = [];
  for (const reference of now) {
    const old = left.get(reference.uid);
    left.delete(reference.uid);
    if (old === undefined) added.push(reference);
    else if (old.blockOwnerDeletion === true && reference.blockOwnerDeletion !== true) unblocked.push(reference.uid);
  }
  const removed = [...left.values()];
  for (const { uid, blockOwnerDeletion } of removed) if (blockOwnerDeletion === true) unblocked.push(uid);
  return { added, removed, unblocked };
}
