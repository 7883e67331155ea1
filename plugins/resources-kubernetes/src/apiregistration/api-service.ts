import { ApiObject } from "@quarterdeck/sdk";
import { Native } from "../native.js";
import type * as apiregistration from "../types/apiregistration-v1.js";

@Native({
  group: "apiregistration.k8s.io",
  version: "v1",
  kind: "APIService",
  plural: "apiservices",
  scope: "Cluster",
  categories: ["api-extensions"],
  status: true,
  statusMetadata: false,
})
export class APIService extends ApiObject {
  override spec!: apiregistration.APIService["spec"];
  override status!: apiregistration.APIService["status"];
}
