import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as apiextensions from "../types/apiextensions-v1.js";

@Native({
  group: "apiextensions.k8s.io",
  version: "v1",
  kind: "CustomResourceDefinition",
  scope: "Cluster",
  shortNames: ["crd", "crds"],
  categories: ["api-extensions"],
  generation: true,
  status: true,
  statusMetadata: false,
})
export class CustomResourceDefinition extends ApiObject {
  override spec!: apiextensions.CustomResourceDefinition["spec"];
  override status!: apiextensions.CustomResourceDefinition["status"];
}
