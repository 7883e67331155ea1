import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../../native.js";
import type * as batch from "../../types/batch-v1.js";

@Native({
  group: "batch",
  version: "v1",
  kind: "CronJob",
  shortNames: ["cj"],
  categories: ["all"],
  generation: true,
  status: true,
})
export class CronJob extends ApiObject {
  override spec!: batch.CronJob["spec"];
  override status!: batch.CronJob["status"];
}
