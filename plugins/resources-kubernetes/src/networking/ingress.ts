import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as networking from "../types/networking-v1.js";

@Native({
  group: "networking.k8s.io",
  version: "v1",
  kind: "Ingress",
  plural: "ingresses",
  shortNames: ["ing"],
  generation: true,
  status: true,
})
export class Ingress extends ApiObject {
  override spec!: networking.Ingress["spec"];
  override status!: networking.Ingress["status"];
}
