import type { ObjectMeta } from "@quarterdeck/meta";
import type * as batch from "../../types/batch-v1.js";

/** A job, or what is about to be one. */
export interface JobParts {
  readonly metadata: ObjectMeta;
  readonly spec: batch.JobSpec;
  readonly status: batch.JobStatus;
}
