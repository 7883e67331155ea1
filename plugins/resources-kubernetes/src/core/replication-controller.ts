import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as core from "../types/core-v1.js";

@Native({
  group: "",
  version: "v1",
  kind: "ReplicationController",
  shortNames: ["rc"],
  categories: ["all"],
  generation: true,
  status: true,
})
export class ReplicationController extends ApiObject {
  override spec!: core.ReplicationController["spec"];
  override status!: core.ReplicationController["status"];
}
