import type { FieldErrors } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";

/** Whether the exit of a container is one that a rule of its own is about. */
function matches({ exitCodes }: core.ContainerRestartRule, exitCode: number): boolean {
  const among = exitCodes?.values?.includes(exitCode) === true;
  if (exitCodes?.operator === "In") return among;
  return exitCodes?.operator === "NotIn" && !among;
}

function byPolicy(policy: string | undefined, exitCode: number): boolean | undefined {
  if (policy === "Always") return true;
  if (policy === "OnFailure") return exitCode !== 0;
  return policy === "Never" ? false : undefined;
}

/** Upstream's `ContainerShouldRestart`. */
function restarts(container: core.Container, { restartPolicy }: core.PodSpec, exitCode: number): boolean {
  if (container.restartPolicy !== undefined) {
    const rule = container.restartPolicyRules?.find((one) => matches(one, exitCode));
    if (rule?.action === "Restart" || rule?.action === "RestartAllContainers") return true;
    const own = byPolicy(container.restartPolicy, exitCode);
    if (own !== undefined) return own;
  }
  return byPolicy(restartPolicy, exitCode) ?? true;
}

/** One exit may have all containers begin anew, whatever became of them. */
function allMayRestart({ containers, initContainers = [] }: core.PodSpec): boolean {
  return [...initContainers, ...(containers ?? [])].some(({ restartPolicyRules = [] }) =>
    restartPolicyRules.some(({ action }) => action === "RestartAllContainers"),
  );
}

function checkEnded(
  statuses: readonly core.ContainerStatus[] = [],
  old: readonly core.ContainerStatus[] = [],
  mayRun: (name: string, exitCode: number) => boolean,
  path: string,
  errors: FieldErrors,
): void {
  const now = new Map<string, core.ContainerState>();
  for (const { name, state } of statuses) if (!now.has(name)) now.set(name, state);
  for (const [index, { name, state }] of old.entries()) {
    if (state.terminated === undefined) continue;
    const next = now.get(name);
    if (next === undefined || next.terminated !== undefined || mayRun(name, state.terminated.exitCode)) continue;
    errors.forbidden(`${path}[${index}].state`, "may not be transitioned to non-terminated state");
  }
}

/**
 * What has ended stays ended, unless it is restarted; upstream's `ValidateContainerStateTransition`,
 * `ValidateInitContainerStateTransition` and `ValidateEphemeralContainerStateTransition`.
 */
export function checkContainerStates(
  status: core.PodStatus,
  old: core.PodStatus,
  spec: core.PodSpec,
  errors: FieldErrors,
): void {
  const mayRun =
    (containers: readonly core.Container[]) =>
    (name: string, exitCode: number): boolean => {
      const container = containers.find((one) => one.name === name);
      return container !== undefined && restarts(container, spec, exitCode);
    };
  if (!allMayRestart(spec)) {
    const { containerStatuses: running, initContainerStatuses: beginning } = status;
    const runs = mayRun(spec.containers ?? []);
    const begins = mayRun(spec.initContainers ?? []);
    checkEnded(running, old.containerStatuses, runs, "status.containerStatuses", errors);
    checkEnded(beginning, old.initContainerStatuses, begins, "status.initContainerStatuses", errors);
  }
  const { ephemeralContainerStatuses: looking } = status;
  const never = (): boolean => false;
  checkEnded(looking, old.ephemeralContainerStatuses, never, "status.ephemeralContainerStatuses", errors);
}
