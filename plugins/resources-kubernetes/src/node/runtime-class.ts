import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as node from "../types/node-v1.js";

@Native({
  group: "node.k8s.io",
  version: "v1",
  kind: "RuntimeClass",
  plural: "runtimeclasses",
  scope: "Cluster",
})
export class RuntimeClass extends ApiObject {
  handler!: node.RuntimeClass["handler"];
  overhead!: node.RuntimeClass["overhead"];
  scheduling!: node.RuntimeClass["scheduling"];
}
