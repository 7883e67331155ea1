import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as networking from "../types/networking-v1.js";

@Native({
  group: "networking.k8s.io",
  version: "v1",
  kind: "IPAddress",
  plural: "ipaddresses",
  scope: "Cluster",
  shortNames: ["ip"],
})
export class IPAddress extends ApiObject {
  override spec!: networking.IPAddress["spec"];
}
