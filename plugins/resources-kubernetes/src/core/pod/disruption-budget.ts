import { type StatusCause, StatusError } from "@quarterdeck/meta";
import { type Client, NotServedError } from "@quarterdeck/sdk";
import { matchesLabels } from "../../checks/matches-labels.js";
import { PodDisruptionBudget } from "../../policy/pod-disruption-budget/pod-disruption-budget.js";
import { now } from "../now.js";
import type { PodParts } from "./prepare-pod.js";

/** With more evictions than these under way the budget's controller has fallen behind. */
const MOST_DISRUPTED = 2000;
const ALLOWED = "DisruptionAllowed";
const REFUSED = "Cannot evict pod as it would violate the pod's disruption budget.";
/** How often a budget is read again when others change it. */
const ATTEMPTS = 20;

function causes(message: string): StatusCause[] {
  return [{ reason: "DisruptionBudget", message }];
}

/** 429 for a budget that nobody has looked at since it was changed. */
export function stillProcessed(name: string): StatusError {
  return StatusError.of(429, "TooManyRequests", REFUSED, {
    causes: causes(`The disruption budget ${name} is still being processed by the server.`),
    retryAfterSeconds: 10,
  });
}

/** 403 for a budget whose status cannot be right. */
function unusable(name: string, why: string, message: string): StatusError {
  const resource = { group: "policy", resource: "poddisruptionbudget" };
  const { status } = StatusError.forbidden(resource, name, why);
  const said = `The disruption budget ${name} does not allow evicting pods currently: ${message}`;
  return new StatusError({ ...status, details: { ...status.details, causes: causes(said) } });
}

function whyNone(
  name: string,
  { conditions = [], currentHealthy, desiredHealthy }: PodDisruptionBudget["status"],
): string {
  const refuses = `The disruption budget ${name} does not allow evicting pods currently`;
  const condition = conditions.find(({ type }) => type === ALLOWED);
  const told = condition?.status === "False" && condition.message !== "" ? condition : undefined;
  // The numbers are not to be trusted when they could not be counted.
  if (told?.reason === "SyncFailed") return `${refuses} because it failed sync: ${told.message}`;
  if (currentHealthy <= desiredHealthy)
    return `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
  return told === undefined ? refuses : `${refuses} (${told.reason}): ${told.message}`;
}

/** Throws when the budget allows no disruption now. */
function requireAllowed({ metadata, status }: PodDisruptionBudget): void {
  const { name = "", generation = 0 } = metadata;
  if ((status.observedGeneration ?? 0) < generation) throw stillProcessed(name);
  if (status.disruptionsAllowed < 0) {
    const why = "pdb disruptions allowed is negative";
    throw unusable(name, why, why);
  }
  if (Object.keys(status.disruptedPods ?? {}).length > MOST_DISRUPTED) {
    const why = "DisruptedPods map too big - too many evictions not confirmed by PDB controller";
    throw unusable(name, why, "too many pending evictions not confirmed by PDB controller");
  }
  if (status.disruptionsAllowed > 0) return;
  throw StatusError.of(429, "TooManyRequests", REFUSED, { causes: causes(whyNone(name, status)) });
}

/** Says in the status that there is nothing left to disrupt. */
function noneLeft({ conditions = [], observedGeneration }: PodDisruptionBudget["status"]): typeof conditions {
  const old = conditions.find(({ type }) => type === ALLOWED);
  const condition = {
    type: ALLOWED,
    status: "False",
    ...(observedGeneration === undefined ? {} : { observedGeneration }),
    lastTransitionTime: old?.status === "False" ? old.lastTransitionTime : now(),
    reason: "InsufficientPods",
    message: old?.message ?? "",
  };
  return old === undefined ? [...conditions, condition] : conditions.with(conditions.indexOf(old), condition);
}

/** The status once this pod too is disrupted. */
function disrupted(status: PodDisruptionBudget["status"], pod: string): PodDisruptionBudget["status"] {
  const next = { ...status, disruptionsAllowed: status.disruptionsAllowed - 1 };
  if (next.disruptionsAllowed === 0) next.conditions = noneLeft(next);
  next.disruptedPods = { ...status.disruptedPods, [pod]: now() };
  return next;
}

/** The budgets of a pod; none when the server has no such kind. */
export async function budgetsOf(client: Client, { metadata }: PodParts): Promise<readonly PodDisruptionBudget[]> {
  const { namespace = "", labels } = metadata;
  try {
    const all = await client.resource(PodDisruptionBudget).list({ namespace });
    return all.filter(({ spec }) => matchesLabels(spec.selector, labels));
  } catch (error) {
    if (NotServedError.is(error)) return [];
    throw error;
  }
}

/**
 * Takes one disruption off the budget, in its status, for its controller to see: upstream's `checkAndDecrement`. 429 when there
 * is none to take. A dry run only looks.
 */
export async function takeDisruption(
  client: Client,
  budget: PodDisruptionBudget,
  pod: string,
  dryRun: boolean,
): Promise<void> {
  const budgets = client.resource(PodDisruptionBudget);
  const { name = "", namespace = "" } = budget.metadata;
  let current = budget;
  for (let attempt = 1; ; attempt++) {
    requireAllowed(current);
    if (dryRun) return;
    try {
      current.status = disrupted(current.status, pod);
      await budgets.updateStatus(current);
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !StatusError.is(error) || error.reason !== "Conflict") throw error;
      current = await budgets.get({ name, namespace });
    }
  }
}
