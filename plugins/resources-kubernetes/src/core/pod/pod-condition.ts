import type * as core from "../../types/core-v1.js";
import { now } from "../now.js";

/** What is said of a pod; the times are the server's. */
export type SaidCondition = Pick<core.PodCondition, "type" | "status" | "reason" | "message">;

/** Says something of a pod, in place of what was said before; the time of the change stays while the status does. */
export function setCondition(status: core.PodStatus, said: SaidCondition): void {
  const conditions = status.conditions ?? [];
  const index = conditions.findIndex(({ type }) => type === said.type);
  const old = conditions[index];
  const lastTransitionTime = old?.status === said.status ? old.lastTransitionTime : now();
  const condition: core.PodCondition = { ...said, lastProbeTime: null, lastTransitionTime };
  status.conditions = old === undefined ? [...conditions, condition] : conditions.with(index, condition);
}

/** True when a pod says of itself that something is so. */
export function isTrue({ conditions = [] }: core.PodStatus, type: string): boolean {
  return conditions.find((one) => one.type === type)?.status === "True";
}
