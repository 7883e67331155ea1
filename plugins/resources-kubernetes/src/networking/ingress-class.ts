import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as networking from "../types/networking-v1.js";

@Native({
  group: "networking.k8s.io",
  version: "v1",
  kind: "IngressClass",
  plural: "ingressclasses",
  scope: "Cluster",
  generation: true,
})
export class IngressClass extends ApiObject {
  override spec!: networking.IngressClass["spec"];
}
