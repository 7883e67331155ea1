import type * as core from "../../types/core-v1.js";
import { isSidecar } from "./containers-of.js";
import { isTrue } from "./pod-condition.js";

/** How a pod is, in the words of `kubectl get pods`. */
export interface PodSummary {
  readonly ready: number;
  readonly total: number;
  readonly status: string;
  readonly restarts: number;
  /** When a container ended last, to be started again; milliseconds. */
  readonly lastRestart: number | undefined;
}

/** What containers add up to. */
class Tally {
  ready = 0;
  restarts = 0;
  lastRestart: number | undefined;

  countRestarts({ restartCount, lastState }: core.ContainerStatus): void {
    this.restarts += restartCount;
    const finished = Date.parse(lastState.terminated?.finishedAt ?? "");
    if (!Number.isNaN(finished)) this.lastRestart = Math.max(finished, this.lastRestart ?? finished);
  }
}

function endOf({ reason = "", signal = 0, exitCode }: core.ContainerStateTerminated): string {
  if (reason !== "") return reason;
  return signal === 0 ? `ExitCode:${exitCode}` : `Signal:${signal}`;
}

interface Beginning {
  /** What the pod waits for; undefined once its init containers are through. */
  readonly status: string | undefined;
  /** Of all init containers up to that. */
  readonly all: Tally;
  /** Of the sidecars alone. */
  readonly sidecars: Tally;
}

function beginningOf(spec: core.PodSpec, { initContainerStatuses = [] }: core.PodStatus): Beginning {
  const all = new Tally();
  const sidecars = new Tally();
  const declared = new Map((spec.initContainers ?? []).map((container) => [container.name, container]));
  for (const [index, container] of initContainerStatuses.entries()) {
    const sidecar = isSidecar(declared.get(container.name));
    all.countRestarts(container);
    if (sidecar) sidecars.countRestarts(container);
    const { terminated, waiting } = container.state;
    if (terminated?.exitCode === 0) continue;
    if (sidecar && container.started === true) {
      if (container.ready) sidecars.ready++;
      continue;
    }
    return {
      status: `Init:${waitOf(terminated, waiting?.reason ?? "", index, (spec.initContainers ?? []).length)}`,
      all,
      sidecars,
    };
  }
  return { status: undefined, all, sidecars };
}

function waitOf(
  terminated: core.ContainerStateTerminated | undefined,
  reason: string,
  index: number,
  total: number,
): string {
  if (terminated !== undefined) return endOf(terminated);
  return reason !== "" && reason !== "PodInitializing" ? reason : `${index}/${total}`;
}

/** What the containers say; the first of them has the last word. */
function runningStatus(before: string, status: core.PodStatus, tally: Tally): string {
  let reason = before;
  let failure = "";
  let running = false;
  for (const container of (status.containerStatuses ?? []).toReversed()) {
    tally.countRestarts(container);
    const { waiting, terminated } = container.state;
    if (waiting !== undefined && (waiting.reason ?? "") !== "") reason = waiting.reason ?? "";
    else if (terminated !== undefined) {
      reason = endOf(terminated);
      if (terminated.exitCode !== 0) failure = reason;
    } else if (container.ready && container.state.running !== undefined) {
      running = true;
      tally.ready++;
    }
  }
  if (reason !== "Completed") return reason;
  // One that is through does not make the others so.
  if (running && isTrue(status, "Ready")) return "Running";
  if (failure !== "") return failure;
  return running ? "NotReady" : reason;
}

function statedBy({ phase = "", reason = "", conditions = [] }: core.PodStatus): string {
  const gated = conditions.some((one) => one.type === "PodScheduled" && one.reason === "SchedulingGated");
  if (gated) return "SchedulingGated";
  return reason === "" ? phase : reason;
}

/** True for a pod that has ended, well or not. */
export function hasEnded({ phase }: core.PodStatus): boolean {
  return phase === "Succeeded" || phase === "Failed";
}

/** What a pod comes to, as upstream's `printPod` has it. */
export function podSummary({ metadata, spec, status }: core.Pod): PodSummary {
  const begun = beginningOf(spec, status);
  const through = begun.status === undefined || isTrue(status, "Initialized");
  const tally = through ? begun.sidecars : begun.all;
  const before = begun.status ?? statedBy(status);
  let reason = through ? runningStatus(before, status, tally) : before;
  if (metadata.deletionTimestamp !== undefined && status.reason === "NodeLost") reason = "Unknown";
  else if (metadata.deletionTimestamp !== undefined && !hasEnded(status)) reason = "Terminating";
  const total = (spec.containers ?? []).length + (spec.initContainers ?? []).filter(isSidecar).length;
  return {
    ready: through ? tally.ready : begun.sidecars.ready,
    total,
    status: reason,
    restarts: tally.restarts,
    lastRestart: tally.lastRestart,
  };
}
