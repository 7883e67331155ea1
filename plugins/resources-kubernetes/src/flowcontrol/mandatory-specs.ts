import type { JsonObject } from "@quarterdeck/meta";

const ALL = ["*"];

/** All requests there are. */
const EVERY_REQUEST: JsonObject = {
  resourceRules: [{ verbs: ALL, apiGroups: ALL, resources: ALL, clusterScope: true, namespaces: ALL }],
  nonResourceRules: [{ verbs: ALL, nonResourceURLs: ALL }],
};

function groups(...names: readonly string[]): JsonObject[] {
  return names.map((name) => ({ kind: "Group", group: { name } }));
}

/** The specs that flow schemas of these names have, and no others: a server always lets its admins in, and has a last resort. */
export const MANDATORY_FLOW_SCHEMAS: ReadonlyMap<string, JsonObject> = new Map([
  [
    "exempt",
    {
      priorityLevelConfiguration: { name: "exempt" },
      matchingPrecedence: 1,
      rules: [{ subjects: groups("system:masters"), ...EVERY_REQUEST }],
    },
  ],
  [
    "catch-all",
    {
      priorityLevelConfiguration: { name: "catch-all" },
      matchingPrecedence: 10_000,
      distinguisherMethod: { type: "ByUser" },
      rules: [{ subjects: groups("system:unauthenticated", "system:authenticated"), ...EVERY_REQUEST }],
    },
  ],
]);

/** The specs of the priority levels that always are there. What `exempt` lends is for admins to say. */
export const MANDATORY_PRIORITY_LEVELS: ReadonlyMap<string, JsonObject> = new Map([
  ["exempt", { type: "Exempt", exempt: { nominalConcurrencyShares: 0, lendablePercent: 0 } }],
  [
    "catch-all",
    {
      type: "Limited",
      limited: { nominalConcurrencyShares: 5, lendablePercent: 0, limitResponse: { type: "Reject" } },
    },
  ],
]);
