import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../../native.js";
import type * as batch from "../../types/batch-v1.js";

@Native({
  group: "batch",
  version: "v1",
  kind: "Job",
  categories: ["all"],
  generation: true,
  status: true,
})
export class Job extends ApiObject {
  override spec!: batch.Job["spec"];
  override status!: batch.Job["status"];
}
