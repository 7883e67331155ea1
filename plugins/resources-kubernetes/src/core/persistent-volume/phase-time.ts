import type * as core from "../../types/core-v1.js";
import { now } from "../now.js";

/** Keeps when the phase last changed, and notes it when it changes and the writer does not say. */
export function keepPhaseTime(status: core.PersistentVolumeStatus, old: core.PersistentVolumeStatus): void {
  const [time, before] = [status.lastPhaseTransitionTime, old.lastPhaseTransitionTime];
  if (status.phase === old.phase) {
    if (time === undefined && before !== undefined) status.lastPhaseTransitionTime = before;
  } else if (time === undefined || time === before) status.lastPhaseTransitionTime = now();
}
