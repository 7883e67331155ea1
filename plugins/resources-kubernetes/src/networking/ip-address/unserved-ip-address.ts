import { Native } from "../../native.js";
import { IPAddress } from "./ip-address.js";

/** Addresses as services take them where a config serves services and no IPAddress objects: they are stored all the same. */
@Native({
  group: "networking.k8s.io",
  version: "v1",
  kind: "IPAddress",
  plural: "ipaddresses",
  scope: "Cluster",
  nameFormat: "path-segment",
  served: false,
})
export class UnservedIPAddress extends IPAddress {}
