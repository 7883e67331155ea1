import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";

@Native({
  group: "",
  version: "v1",
  kind: "LimitRange",
  shortNames: ["limits"],
})
export class LimitRange extends ApiObject {
  override spec!: core.LimitRange["spec"];
}
