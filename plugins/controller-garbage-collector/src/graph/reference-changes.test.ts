import type { OwnerReference } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { referenceChanges } from "./reference-changes.js";

const owner = (uid: string, more: Partial<OwnerReference> = {}): OwnerReference => ({
  apiVersion: "v1",
  kind: "Pod",
  name: uid,
  uid,
  ...more,
});
const blocking = { blockOwnerDeletion: true };

/** The uids of what was added, removed and unblocked. */
function changes(before: OwnerReference[], now: OwnerReference[]): string[][] | undefined {
  const found = referenceChanges(before, now);
  if (found === undefined) return undefined;
  const uids = (references: readonly OwnerReference[]) => references.map(({ uid }) => uid);
  return [uids(found.added), uids(found.removed), [...found.unblocked]];
}

describe("referenceChanges", () => {
  it.each<[string, OwnerReference[], OwnerReference[], string[][] | undefined]>([
    ["nothing", [], [], undefined],
    ["nothing in what is the same", [owner("1", blocking)], [owner("1", blocking)], undefined],
    ["what came and went", [owner("1"), owner("2")], [owner("2"), owner("3")], [["3"], ["1"], []]],
    ["what is unblocked by going", [owner("1", blocking), owner("2")], [owner("2")], [[], ["1"], ["1"]]],
    ["what is unblocked", [owner("1", blocking)], [owner("1", { blockOwnerDeletion: false })], [[], [], ["1"]]],
    ["what is unblocked by saying nothing", [owner("1", blocking)], [owner("1")], [[], [], ["1"]]],
    ["what comes to block", [owner("1")], [owner("1", blocking)], [[], [], []]],
    ["another name", [owner("1")], [owner("1", { name: "x" })], [[], [], []]],
    ["another order", [owner("1"), owner("2")], [owner("2"), owner("1")], [[], [], []]],
  ])("tells %s", (_what, before, now, expected) => {
    expect(changes(before, now)).toEqual(expected);
  });
});
