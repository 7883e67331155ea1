import { humanDuration, type KubeObject } from "@quarterdeck/meta";
import type { ColumnOptions } from "@quarterdeck/sdk";
import type * as core from "../../types/core-v1.js";
import { isPod } from "./is-pod.js";
import { podSummary } from "./pod-summary.js";

const NONE = "<none>";

/** Reads a cell from an object that is a pod. */
function cell(read: (pod: core.Pod) => string): (object: KubeObject) => string {
  return (object) => (isPod(object) ? read(object) : "");
}

function restarts(pod: core.Pod): string {
  const { restarts: count, lastRestart } = podSummary(pod);
  return count === 0 || lastRestart === undefined
    ? String(count)
    : `${count} (${humanDuration(Date.now() - lastRestart)} ago)`;
}

function readinessGates({ spec, status }: core.Pod): string {
  const gates = spec.readinessGates ?? [];
  if (gates.length === 0) return NONE;
  const states = new Map((status.conditions ?? []).toReversed().map((condition) => [condition.type, condition.status]));
  return `${gates.filter(({ conditionType }) => states.get(conditionType) === "True").length}/${gates.length}`;
}

/** The columns of `kubectl get pods` on either side of the age. */
export const POD_COLUMNS = {
  ready: {
    name: "Ready",
    type: "string",
    description: "How many of the containers are ready",
    value: cell((pod) => {
      const { ready, total } = podSummary(pod);
      return `${ready}/${total}`;
    }),
  },
  status: {
    name: "Status",
    type: "string",
    description: "What the containers are doing, all in all",
    value: cell((pod) => podSummary(pod).status),
  },
  restarts: {
    name: "Restarts",
    type: "string",
    description: "How often containers were started again, and when the last one ended",
    value: cell(restarts),
  },
  ip: {
    name: "IP",
    type: "string",
    priority: 1,
    description: "The address of the pod",
    value: cell(({ status }) => status.podIPs?.[0]?.ip || NONE),
  },
  node: {
    name: "Node",
    type: "string",
    priority: 1,
    description: "The node that it runs on",
    value: cell(({ spec }) => spec.nodeName || NONE),
  },
  nominatedNode: {
    name: "Nominated Node",
    type: "string",
    priority: 1,
    description: "The node on which room is being made for it",
    value: cell(({ status }) => status.nominatedNodeName || NONE),
  },
  readinessGates: {
    name: "Readiness Gates",
    type: "string",
    priority: 1,
    description: "How many of the conditions that it waits for are true",
    value: cell(readinessGates),
  },
} as const satisfies { readonly [name: string]: ColumnOptions };
