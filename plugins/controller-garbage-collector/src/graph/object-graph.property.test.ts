import fc from "fast-check";
import { expect, it } from "vitest";
import { identity, referenceTo } from "../scene.fixture.js";
import { AbsentOwners } from "./absent-owners.js";
import { ObjectGraph } from "./object-graph.js";

const uids = ["1", "2", "3", "4", "5"];
const pod = (uid: string) => identity("v1", "Pod", "ns1", `pod${uid}`, uid);

const step = fc.oneof(
  fc.record({
    type: fc.constant("observe" as const),
    uid: fc.constantFrom(...uids),
    owners: fc.uniqueArray(fc.constantFrom(...uids), { maxLength: 3 }),
    blocking: fc.boolean(),
  }),
  fc.record({ type: fc.constantFrom("forget" as const, "absent" as const), uid: fc.constantFrom(...uids) }),
);

/** Who names whom, from both ends. */
function links(graph: ObjectGraph): string[][] {
  const up: string[] = [];
  const down: string[] = [];
  for (const node of graph.nodes()) {
    const { uid } = node.identity;
    for (const owner of node.owners) if (graph.get(owner.uid) !== undefined) up.push(`${uid} of ${owner.uid}`);
    for (const { identity: dependent } of node.dependents) down.push(`${dependent.uid} of ${uid}`);
  }
  return [up.sort(), down.sort()];
}

it("links owners and dependents at both ends, whatever is told in whatever order", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const findings = { suspect() {}, orphans() {} };
      const present = new Map<string, readonly string[]>();
      const find = (meant: ReturnType<typeof pod>) => (present.has(meant.uid) ? meant : undefined);
      const graph = new ObjectGraph(findings, new AbsentOwners(10), find);
      for (const one of steps) {
        if (one.type === "observe") {
          const owners = one.owners.map((uid) => referenceTo(pod(uid), { blockOwnerDeletion: one.blocking }));
          const flags = { beingDeleted: false, deletingDependents: false, orphaningDependents: false };
          present.set(one.uid, one.owners);
          graph.observe({ identity: pod(one.uid), owners, ...flags });
        } else {
          // Only what is not there is found to be absent.
          if (one.type === "forget") present.delete(one.uid);
          if (one.type === "forget") graph.forget(pod(one.uid));
          else if (!present.has(one.uid)) graph.absent(pod(one.uid));
        }
        const [up, down] = links(graph);
        // An owner that went and is named anew has only the dependents that have named it since.
        expect(up).toEqual(expect.arrayContaining(down ?? []));
        // Whoever has owners or dependents is there, and nobody else.
        const nodes = [...graph.nodes()];
        for (const node of nodes) expect([node.idle, node.virtual]).toEqual([false, !present.has(node.identity.uid)]);
        const owned = [...present].filter(([, owners]) => owners.length > 0).map(([uid]) => uid);
        expect(nodes.map(({ identity: { uid } }) => uid)).toEqual(expect.arrayContaining(owned));
      }
    }),
  );
});
