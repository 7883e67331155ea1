import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as certificates from "../types/certificates-v1beta1.js";

@Native({
  group: "certificates.k8s.io",
  version: "v1",
  kind: "ClusterTrustBundle",
  scope: "Cluster",
  facts: "certificates/v1beta1",
})
export class ClusterTrustBundle extends ApiObject {
  override spec!: certificates.ClusterTrustBundle["spec"];
}
