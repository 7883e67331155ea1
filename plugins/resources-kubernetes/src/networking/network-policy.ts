import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as networking from "../types/networking-v1.js";

@Native({
  group: "networking.k8s.io",
  version: "v1",
  kind: "NetworkPolicy",
  plural: "networkpolicies",
  shortNames: ["netpol"],
  generation: true,
})
export class NetworkPolicy extends ApiObject {
  override spec!: networking.NetworkPolicy["spec"];
}
