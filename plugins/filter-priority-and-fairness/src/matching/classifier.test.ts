import type { UserInfo } from "@quarterdeck/meta";
import type { RequestInfo } from "@quarterdeck/sdk";
import { CountedMetrics } from "@quarterdeck/testing/doubles";
import { requestContext } from "@quarterdeck/testing/filter-contract";
import { describe, expect, it } from "vitest";
import { flowSchema, priorityLevel } from "../bootstrap/bootstrap-objects.js";
import { MANDATORY_LEVELS, MANDATORY_SCHEMAS } from "../bootstrap/mandatory-objects.js";
import { SUGGESTED_LEVELS, SUGGESTED_SCHEMAS } from "../bootstrap/suggested-objects.js";
import { configure } from "../flow-control.js";
import { FlowMetrics } from "../flow-metrics.js";
import { Levels } from "../levels/levels.js";
import { ParkingLot } from "../levels/parking-lot.js";
import { Pacer } from "../queueing/pacer.js";

function scene(levelObjects = [...MANDATORY_LEVELS, ...SUGGESTED_LEVELS], schemas = SUGGESTED_SCHEMAS) {
  const metrics = new FlowMetrics(new CountedMetrics());
  const clock = (): number => 0;
  const levels: Levels = new Levels(600, () => ({
    clock,
    pacer: new Pacer(0, clock, levels),
    parking: new ParkingLot(),
    metrics,
  }));
  const classifier = configure(levels, metrics, levelObjects, [...MANDATORY_SCHEMAS, ...schemas]);
  const flowOf = (user: Partial<UserInfo>, info: Partial<RequestInfo> = {}) =>
    classifier.classify(requestContext({ requestInfo: info }).state.requestInfo, {
      name: "ann",
      groups: ["system:authenticated"],
      ...user,
    });
  return { levels, flowOf };
}

const nodes = { name: "system:node:a", groups: ["system:nodes", "system:authenticated"] };
const account = (namespace: string) => ({
  name: `system:serviceaccount:${namespace}:robot`,
  groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"],
});
const lease = { apiGroup: "coordination.k8s.io", resource: "leases", verb: "update" };
const path = (value: string, verb = "get") => ({ isResourceRequest: false, path: value, verb });

describe("Classifier", () => {
  const { flowOf, levels } = scene();

  it.each<[string, Partial<UserInfo>, Partial<RequestInfo>, string, string]>([
    ["admins", { groups: ["system:masters"] }, {}, "exempt", ""],
    ["probes of anybody", { groups: ["system:unauthenticated"] }, path("/livez"), "probes", ""],
    ["single probes", {}, path("/livez/ping"), "probes", ""],
    ["other paths", {}, path("/version"), "global-default", "ann"],
    ["writes to probes", {}, path("/livez", "post"), "global-default", "ann"],
    [
      "leases of the scheduler",
      { name: "system:kube-scheduler" },
      lease,
      "system-leader-election",
      "system:kube-scheduler",
    ],
    ["other requests of it", { name: "system:kube-scheduler" }, { namespace: "demo" }, "kube-scheduler", "demo"],
    ["leases of nodes", nodes, lease, "system-node-high", "system:node:a"],
    [
      "the status of nodes",
      nodes,
      { resource: "nodes", subresource: "status", namespace: "" },
      "system-node-high",
      "system:node:a",
    ],
    [
      "a proxy to nodes",
      nodes,
      { resource: "nodes", subresource: "proxy", namespace: "" },
      "system-nodes",
      "system:node:a",
    ],
    ["system accounts", account("kube-system"), { namespace: "a" }, "kube-system-service-accounts", "a"],
    ["other accounts", account("kube-system2"), {}, "service-accounts", account("kube-system2").name],
    ["users", {}, {}, "global-default", "ann"],
    ["users without any group", { groups: [] }, {}, "catch-all", "ann"],
  ])("knows %s", (_who, user, info, schema, distinguisher) => {
    const flow = flowOf(user, info);
    expect([flow.schema.name, flow.distinguisher]).toEqual([schema, distinguisher]);
  });

  it("divides the seats by upstream's shares", () => {
    const limits = levels.all.map(({ name, limits: { nominal, lower } }) => [name, nominal, lower]);
    expect(Object.fromEntries(limits.map(([name, ...rest]) => [name, rest]))).toEqual({
      "catch-all": [13, 13],
      exempt: [0, 0],
      system: [74, 50],
      "node-high": [98, 73],
      "leader-election": [25, 25],
      "workload-high": [98, 49],
      "workload-low": [245, 24],
      "global-default": [49, 24],
    });
  });

  it("goes by precedence, then by name, and passes over schemas without a level", () => {
    const rule = {
      subjects: [{ kind: "User", user: { name: "*" } }],
      resourceRules: [{ verbs: ["get"], apiGroups: ["*"], resources: ["configmaps"], namespaces: ["default"] }],
    };
    const own = priorityLevel("own", {
      type: "Limited",
      limited: { nominalConcurrencyShares: 5, limitResponse: { type: "Reject" } },
    });
    const { flowOf: find } = scene(
      [...MANDATORY_LEVELS, own],
      [
        flowSchema("z", "own", 20, undefined, rule),
        flowSchema("b", "own", 30, undefined, rule),
        flowSchema("lost", "nowhere", 5, undefined, rule),
        flowSchema("a", "own", 30, undefined, rule),
      ],
    );
    expect(find({}).schema.name).toBe("z");
    for (const other of [{ verb: "list" }, { namespace: "" }, { namespace: "kube-system" }, { subresource: "status" }])
      expect(find({}, other).schema.name).toBe("catch-all");
  });

  it("drops levels that nobody wants when they are idle", () => {
    const { levels: both } = scene();
    both.configure([]);
    expect(both.all).toEqual([]);
  });
});
