// Written by facts/compact.js: the types of scheduling/v1 as the server has them once it has read them.

import type * as core from "./core-v1.js";
import type * as meta from "./meta-v1.js";

export interface PriorityClass {
  metadata: meta.ObjectMeta;
  value: number;
  globalDefault?: boolean;
  description?: string;
  preemptionPolicy?: core.PreemptionPolicy;
}
