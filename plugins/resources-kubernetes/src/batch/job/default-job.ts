import { defaultPodTemplate } from "../../core/pod/default-pod-template.js";
import type * as batch from "../../types/batch-v1.js";

const TRIES = 6;
const MAX_INT32 = 2_147_483_647;

/** What jobs get and templates of jobs too: the template of pods, and the state that a condition is to have. */
export function defaultJobTemplate({ template, podFailurePolicy }: batch.JobSpec): void {
  for (const { onPodConditions = [] } of podFailurePolicy?.rules ?? [])
    for (const pattern of onPodConditions) pattern.status ||= "True";
  defaultPodTemplate(template);
}

/** Fills in what upstream's `SetDefaults_Job` does, but for the labels: those are made with the labels of the pods. */
export function defaultJob(spec: batch.JobSpec): void {
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? TRIES : MAX_INT32;
  spec.completionMode ??= "NonIndexed";
  spec.suspend ??= false;
  spec.podReplacementPolicy ??= spec.podFailurePolicy === undefined ? "TerminatingOrFailed" : "Failed";
  spec.manualSelector ??= false;
  defaultJobTemplate(spec);
}
