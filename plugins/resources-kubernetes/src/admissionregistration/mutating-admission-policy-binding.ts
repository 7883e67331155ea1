import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as admissionregistration from "../types/admissionregistration-v1.js";

@Native({
  group: "admissionregistration.k8s.io",
  version: "v1",
  kind: "MutatingAdmissionPolicyBinding",
  scope: "Cluster",
  categories: ["api-extensions"],
})
export class MutatingAdmissionPolicyBinding extends ApiObject {
  override spec!: admissionregistration.MutatingAdmissionPolicyBinding["spec"];
}
