import type { FieldErrors } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";
import { checkContainer, type PodScope } from "./check-container.js";
import { checkHostPortConflicts } from "./check-container-ports.js";
import { checkLifecycle } from "./check-lifecycle.js";
import { checkProbes } from "./check-probe.js";
import { checkInitRestartRules, checkRestartRules } from "./check-restart-rules.js";
import { isSidecar } from "./containers-of.js";

const WITHOUT_ALWAYS = "may not be set for init containers without restartPolicy=Always";
const ENDS_IN_TIME = ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] as const;

function checkRunning(container: core.Container, path: string, errors: FieldErrors, { spec }: PodScope): void {
  const { lifecycle } = container;
  if (lifecycle !== undefined) checkLifecycle(lifecycle, spec, `${path}.lifecycle`, errors);
  checkProbes(container, spec.terminationGracePeriodSeconds, path, errors);
}

/** The containers that run; upstream's `validateContainers`. */
export function checkContainers(path: string, errors: FieldErrors, scope: PodScope): void {
  const containers = scope.spec.containers ?? [];
  if (containers.length === 0) {
    errors.required(path);
    return;
  }
  const names = new Set<string>();
  for (const [index, container] of containers.entries()) {
    const at = `${path}[${index}]`;
    checkContainer(container, at, errors, scope);
    if (names.has(container.name)) errors.duplicate(`${at}.name`, container.name);
    names.add(container.name);
    checkRunning(container, at, errors, scope);
    checkRestartRules(container, at, errors);
  }
  checkHostPortConflicts(containers, path, errors);
}

function checkOnce(container: core.Container, path: string, errors: FieldErrors): void {
  for (const field of ENDS_IN_TIME)
    if (container[field] !== undefined) errors.forbidden(`${path}.${field}`, WITHOUT_ALWAYS);
}

function checkInitResize({ resizePolicy = [] }: core.Container, path: string, errors: FieldErrors): void {
  for (const [index, { restartPolicy }] of resizePolicy.entries()) {
    if (restartPolicy !== "RestartContainer") continue;
    const detail = "must not be set to 'RestartContainer' for non-sidecar initContainers";
    errors.invalid(`${path}.resizePolicy[${index}].restartPolicy`, restartPolicy, detail);
  }
}

/** The containers that run before the others, and beside them when they restart always; upstream's `validateInitContainers`. */
export function checkInitContainers(path: string, errors: FieldErrors, scope: PodScope): void {
  const names = new Set((scope.spec.containers ?? []).map(({ name }) => name));
  for (const [index, container] of (scope.spec.initContainers ?? []).entries()) {
    const at = `${path}[${index}]`;
    checkContainer(container, at, errors, scope);
    checkInitRestartRules(container, at, errors);
    if (names.has(container.name)) errors.duplicate(`${at}.name`, container.name);
    else if (container.name !== "") names.add(container.name);
    // each by itself, and told of as if it were the first: so it is upstream
    checkHostPortConflicts([container], path, errors);
    if (isSidecar(container)) checkRunning(container, at, errors, scope);
    else {
      checkOnce(container, at, errors);
      if (scope.allow.restartOfInitContainersOnResize !== true) checkInitResize(container, at, errors);
    }
  }
}
