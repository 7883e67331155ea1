import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../columns/age-column.js";
import { now } from "../core/now.js";
import { Native } from "../native.js";
import type * as apiregistration from "../types/apiregistration-v1.js";
import { availableCell, serviceCell } from "./api-service-cells.js";
import { checkApiService, checkApiServiceStatus } from "./check-api-service.js";

const HTTPS_PORT = 443;

/** Who serves a version of a group: this server, or one behind a service. */
@Native({
  group: "apiregistration.k8s.io",
  version: "v1",
  kind: "APIService",
  plural: "apiservices",
  scope: "Cluster",
  categories: ["api-extensions"],
  // the name of the core group ends with a dot
  nameFormat: "path-segment",
  status: true,
  statusMetadata: false,
  unconditionalUpdate: false,
})
@Column({ name: "Service", type: "string", description: "The service behind which it is served", value: serviceCell })
@Column({ name: "Available", type: "string", description: "Whether it answers", value: availableCell })
@Column(AGE_COLUMN)
export class APIService extends ApiObject {
  override spec!: apiregistration.APIService["spec"];
  override status!: apiregistration.APIService["status"];

  override default(): void {
    if (this.spec.service !== undefined) this.spec.service.port ??= HTTPS_PORT;
  }

  override prepareForCreate(): void {
    if (this.spec.service !== undefined) return;
    this.status.conditions = [
      {
        type: "Available",
        status: "True",
        lastTransitionTime: now(),
        reason: "Local",
        message: "Local APIServices are always available",
      },
    ];
  }

  override validate(errors: FieldErrors, { subresource }: HookContext): void {
    if (subresource === "status") checkApiServiceStatus(this.status, errors);
    else checkApiService(this.metadata.name ?? "", this.spec, errors);
  }
}
