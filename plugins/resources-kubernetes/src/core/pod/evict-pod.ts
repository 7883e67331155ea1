import { type ObjectMeta, StatusError } from "@quarterdeck/meta";
import { Client, type DeletionOptions, type ResourceClient, type SubresourceContext } from "@quarterdeck/sdk";
import { budgetsOf, stillProcessed, takeDisruption } from "./disruption-budget.js";

import { isTrue, setCondition } from "./pod-condition.js";
import { checkedOptions, type PodEviction } from "./pod-eviction.js";
import { hasEnded } from "./pod-summary.js";
import type { PodParts } from "./prepare-pod.js";

const SUCCESS = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success" };
const TWO_BUDGETS = {
  kind: "Status",
  apiVersion: "v1",
  metadata: {},
  status: "Failure",
  message: "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
  code: 500,
};
/** How often a pod is read again when others change it. */
const ATTEMPTS = 20;

function isConflict(error: unknown): boolean {
  return StatusError.is(error) && error.reason === "Conflict";
}

/** 409 in the words of a delete's preconditions. */
function requireSame({ name = "", ...metadata }: ObjectMeta, { preconditions }: DeletionOptions): void {
  const { uid = "", resourceVersion = "" } = preconditions ?? {};
  const conflict = (what: string, said: string, is: string, so: string) => {
    const why = `the ${what} in the precondition (${said}) does not match the ${what} in record (${is}). ${so}`;
    return StatusError.conflict({ group: "", resource: "Pod" }, name, why);
  };
  if (uid !== "" && uid !== metadata.uid)
    throw conflict("UID", uid, metadata.uid ?? "", "The object might have been deleted and then recreated");
  if (resourceVersion !== "" && resourceVersion !== metadata.resourceVersion) {
    const is = metadata.resourceVersion ?? "";
    throw conflict("ResourceVersion", resourceVersion, is, "The object might have been modified");
  }
}

/** One eviction of one pod. */
class Eviction {
  constructor(
    /** Writes as the user of the request. */
    private readonly pods: ResourceClient<PodParts>,
    private readonly pod: Required<Pick<ObjectMeta, "name" | "namespace">>,
    private readonly options: DeletionOptions,
    private readonly dryRun: boolean,
  ) {}

  read(): Promise<PodParts> {
    return this.pods.get(this.pod);
  }

  private at(resourceVersion: string | undefined): DeletionOptions {
    if (resourceVersion === undefined) return this.options;
    return { ...this.options, preconditions: { ...this.options.preconditions, resourceVersion } };
  }

  /** True when the client did not say which state of the pod it means. */
  get anyState(): boolean {
    return this.options.preconditions?.resourceVersion === undefined;
  }

  /** Says in the pod's status why it goes, and deletes it; `at` is the state that it must still be in. */
  async remove(at?: string): Promise<void> {
    const options = this.at(at);
    if (this.dryRun) return this.pods.delete(this.pod, options);
    const { resourceVersion } = (await this.mark(options)).metadata;
    // The client's state is the one before the mark.
    const marked = options.preconditions?.resourceVersion === undefined ? options : this.at(resourceVersion);
    return this.pods.delete(this.pod, marked);
  }

  private async mark(options: DeletionOptions): Promise<PodParts> {
    for (let attempt = 1; ; attempt++) {
      const pod = await this.read();
      requireSame(pod.metadata, options);
      const message = "Eviction API: evicting";
      setCondition(pod.status, { type: "DisruptionTarget", status: "True", reason: "EvictionByEvictionAPI", message });
      try {
        return await this.pods.updateStatus(pod);
      } catch (error) {
        if (attempt === ATTEMPTS || !isConflict(error)) throw error;
      }
    }
  }
}

/** A pod that runs nothing, or goes already, disrupts nobody when it is evicted. */
function disruptsNobody({ metadata, status }: PodParts): boolean {
  return hasEnded(status) || status.phase === "Pending" || metadata.deletionTimestamp !== undefined;
}

/** Deletes a pod that no budget has to say anything about; gives the pod as it is when one has. */
async function removeFreely(eviction: Eviction): Promise<PodParts | undefined> {
  for (let attempt = 1; ; attempt++) {
    const pod = await eviction.read();
    if (!disruptsNobody(pod)) return pod;
    // One that is about to run must not have begun to by then.
    const mayRun = !hasEnded(pod.status) && pod.metadata.deletionTimestamp === undefined;
    try {
      await eviction.remove(mayRun && eviction.anyState ? pod.metadata.resourceVersion : undefined);
      return undefined;
    } catch (error) {
      if (attempt === ATTEMPTS || !eviction.anyState || !isConflict(error)) throw error;
    }
  }
}

/** True when a pod that is not ready may go without being counted. */
function isUncounted(
  { status }: PodParts,
  { spec, status: budget }: Awaited<ReturnType<typeof budgetsOf>>[number],
): boolean {
  if (isTrue(status, "Ready")) return false;
  if (spec.unhealthyPodEvictionPolicy === "AlwaysAllow") return true;
  return budget.currentHealthy >= budget.desiredHealthy && budget.desiredHealthy > 0;
}

/**
 * Deletes a pod unless its disruption budget forbids it: upstream's `EvictionREST`. 429 TooManyRequests when it does, with the
 * cause `DisruptionBudget`; a pod of two budgets cannot be evicted.
 */
export async function evictPod(
  pod: PodParts,
  body: PodEviction,
  context: SubresourceContext,
  podsOf: (client: Client) => ResourceClient<PodParts>,
): Promise<object> {
  const { name = "", namespace = "" } = pod.metadata;
  if (context.metadata.name !== name)
    throw StatusError.badRequest("name in URL does not match name in Eviction object");
  const { options, dryRun } = checkedOptions(name, body, context.dryRun);
  const own = context.services.find(Client);
  if (own === undefined) throw StatusError.serviceUnavailable("this server has no client of its own");
  const eviction = new Eviction(
    podsOf(own.within({ user: context.user, dryRun })),
    { name, namespace },
    options,
    dryRun,
  );
  const current = await removeFreely(eviction);
  if (current === undefined) return SUCCESS;
  const [budget, ...others] = await budgetsOf(own, current);
  if (others.length > 0) return TWO_BUDGETS;
  const uncounted = budget !== undefined && isUncounted(current, budget);
  if (budget !== undefined && !uncounted) await takeDisruption(own, budget, name, dryRun);
  try {
    await eviction.remove(uncounted ? current.metadata.resourceVersion : undefined);
  } catch (error) {
    if (uncounted && eviction.anyState && isConflict(error)) throw stillProcessed(budget.metadata.name ?? "");
    throw error;
  }
  return SUCCESS;
}
