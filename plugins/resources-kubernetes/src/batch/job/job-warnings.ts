import { podTemplateWarnings } from "../../core/pod/pod-warnings.js";
import type * as batch from "../../types/batch-v1.js";

const MANY_COMPLETIONS = 100_000;
const MANY_PARALLELISM = 10_000;
const MANY_TEXT =
  "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not " +
  "be able to track completedIndexes when a big number of indexes fail";

/** What is to be said against the spec of a job that is no error; upstream's `WarningsForJobSpec`. */
export function jobWarnings(spec: batch.JobSpec, path: string): string[] {
  const { completionMode, completions = 0, parallelism = 0 } = spec;
  const isHuge = completionMode === "Indexed" && completions > MANY_COMPLETIONS && parallelism > MANY_PARALLELISM;
  return [...(isHuge ? [`${path}: ${MANY_TEXT}`] : []), ...podTemplateWarnings(spec.template, `${path}.template`)];
}
