import type { ObjectMeta } from "@quarterdeck/meta";
import type { ServiceSpec } from "../../types/core-v1.js";

/** The parts of a Service that are validated. */
export interface CheckedService {
  readonly metadata: ObjectMeta;
  readonly spec: ServiceSpec;
}
