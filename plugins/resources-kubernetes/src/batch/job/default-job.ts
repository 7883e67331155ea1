import type { ObjectMeta } from "@quarterdeck/meta";
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

/**
 * Fills in what upstream's `SetDefaults_Job` does. A job without labels has those of its template: the same object, so that
 * labels which are made for the template later are those of the job too, as they are upstream.
 */
export function defaultJob(spec: batch.JobSpec, metadata: ObjectMeta): void {
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? TRIES : MAX_INT32;
  const { labels } = spec.template.metadata;
  if (labels !== undefined && Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = labels;
  spec.completionMode ??= "NonIndexed";
  spec.suspend ??= false;
  spec.podReplacementPolicy ??= spec.podFailurePolicy === undefined ? "TerminatingOrFailed" : "Failed";
  spec.manualSelector ??= false;
  defaultJobTemplate(spec);
}
