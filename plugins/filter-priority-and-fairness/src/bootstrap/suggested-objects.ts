import type { KubeObject } from "@quarterdeck/meta";
import { flowSchema, priorityLevel } from "./bootstrap-objects.js";
import { EVERY_REQUEST, EVERYBODY, groups, resourceRule, SYSTEM_ACCOUNTS, users } from "./policy-rules.js";

function queuedLevel(
  name: string,
  shares: number,
  lendablePercent: number,
  queues: number,
  handSize: number,
): KubeObject {
  return priorityLevel(name, {
    type: "Limited",
    limited: {
      nominalConcurrencyShares: shares,
      lendablePercent,
      limitResponse: { type: "Queue", queuing: { queues, handSize, queueLengthLimit: 50 } },
    },
  });
}

const CONTROLLER_MANAGER = "system:kube-controller-manager";
const SCHEDULER = "system:kube-scheduler";
const NODES = groups("system:nodes");
const ALL = ["*"];

/** The priority levels that upstream suggests. */
export const SUGGESTED_LEVELS: readonly KubeObject[] = [
  queuedLevel("system", 30, 33, 64, 6),
  queuedLevel("node-high", 40, 25, 64, 6),
  queuedLevel("leader-election", 10, 0, 16, 4),
  queuedLevel("workload-high", 40, 50, 128, 6),
  queuedLevel("workload-low", 100, 90, 128, 6),
  queuedLevel("global-default", 20, 50, 128, 6),
];

/** The flow schemas that upstream suggests. */
export const SUGGESTED_SCHEMAS: readonly KubeObject[] = [
  flowSchema("system-nodes", "system", 500, "ByUser", { subjects: NODES, ...EVERY_REQUEST }),
  flowSchema("system-node-high", "node-high", 400, "ByUser", {
    subjects: NODES,
    resourceRules: [
      resourceRule(ALL, [""], ["nodes", "nodes/status"], true),
      resourceRule(ALL, ["coordination.k8s.io"], ["leases"], false),
    ],
  }),
  flowSchema("probes", "exempt", 2, undefined, {
    subjects: EVERYBODY,
    nonResourceRules: [{ verbs: ["get"], nonResourceURLs: ["/healthz", "/readyz", "/livez"] }],
  }),
  flowSchema("system-leader-election", "leader-election", 100, "ByUser", {
    subjects: [...users(CONTROLLER_MANAGER, SCHEDULER), ...SYSTEM_ACCOUNTS],
    resourceRules: [resourceRule(["get", "create", "update"], ["coordination.k8s.io"], ["leases"], false)],
  }),
  flowSchema("kube-controller-manager", "workload-high", 800, "ByNamespace", {
    subjects: users(CONTROLLER_MANAGER),
    ...EVERY_REQUEST,
  }),
  flowSchema("kube-scheduler", "workload-high", 800, "ByNamespace", { subjects: users(SCHEDULER), ...EVERY_REQUEST }),
  flowSchema("kube-system-service-accounts", "workload-high", 900, "ByNamespace", {
    subjects: SYSTEM_ACCOUNTS,
    ...EVERY_REQUEST,
  }),
  flowSchema("service-accounts", "workload-low", 9000, "ByUser", {
    subjects: groups("system:serviceaccounts"),
    ...EVERY_REQUEST,
  }),
  flowSchema("global-default", "global-default", 9900, "ByUser", { subjects: EVERYBODY, ...EVERY_REQUEST }),
];
