import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";

@Native({
  group: "",
  version: "v1",
  kind: "Service",
  shortNames: ["svc"],
  categories: ["all"],
  status: true,
})
export class Service extends ApiObject {
  override spec!: core.Service["spec"];
  override status!: core.Service["status"];
}
