import type * as batch from "../../types/batch-v1.js";

/** A policy as messages tell of it: upstream's types have no JSON names there. */
export function toldFailurePolicy(policy: batch.PodFailurePolicy | undefined): object | null {
  if (policy === undefined) return null;
  const Rules = policy.rules?.map(({ action, onExitCodes: codes, onPodConditions: conditions }) => ({
    Action: action,
    OnExitCodes:
      codes === undefined
        ? null
        : { ContainerName: codes.containerName ?? null, Operator: codes.operator, Values: codes.values },
    OnPodConditions: conditions?.map(({ type, status }) => ({ Type: type, Status: status })) ?? null,
  }));
  return { Rules: Rules ?? null };
}

/** The same of a policy of success. */
export function toldSuccessPolicy(policy: batch.SuccessPolicy | undefined): object | null {
  if (policy === undefined) return null;
  const Rules = policy.rules?.map(({ succeededIndexes, succeededCount }) => ({
    SucceededIndexes: succeededIndexes ?? null,
    SucceededCount: succeededCount ?? null,
  }));
  return { Rules: Rules ?? null };
}
