import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";

@Native({
  group: "",
  version: "v1",
  kind: "Node",
  scope: "Cluster",
  shortNames: ["no"],
  status: true,
})
export class Node extends ApiObject {
  override spec!: core.Node["spec"];
  override status!: core.Node["status"];
}
