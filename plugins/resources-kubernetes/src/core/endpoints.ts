import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as core from "../types/core-v1.js";

@Native({
  group: "",
  version: "v1",
  kind: "Endpoints",
  plural: "endpoints",
  shortNames: ["ep"],
})
export class Endpoints extends ApiObject {
  subsets!: core.Endpoints["subsets"];
}
