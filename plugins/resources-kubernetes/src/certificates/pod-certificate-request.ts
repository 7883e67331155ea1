import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as certificates from "../types/certificates-v1beta1.js";

@Native({
  group: "certificates.k8s.io",
  version: "v1",
  kind: "PodCertificateRequest",
  status: true,
  statusMetadata: false,
  facts: "certificates/v1beta1",
})
export class PodCertificateRequest extends ApiObject {
  override spec!: certificates.PodCertificateRequest["spec"];
  override status!: certificates.PodCertificateRequest["status"];
}
