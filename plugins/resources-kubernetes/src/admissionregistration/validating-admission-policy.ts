import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as admissionregistration from "../types/admissionregistration-v1.js";

@Native({
  group: "admissionregistration.k8s.io",
  version: "v1",
  kind: "ValidatingAdmissionPolicy",
  plural: "validatingadmissionpolicies",
  scope: "Cluster",
  categories: ["api-extensions"],
  status: true,
  statusMetadata: false,
})
export class ValidatingAdmissionPolicy extends ApiObject {
  override spec!: admissionregistration.ValidatingAdmissionPolicy["spec"];
  override status!: admissionregistration.ValidatingAdmissionPolicy["status"];
}
