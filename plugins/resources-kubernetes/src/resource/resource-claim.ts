import { type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type ColumnOptions, type HookContext, type Services } from "@quarterdeck/sdk";
import { loadCel } from "../checks/check-cel.js";
import { checkDeclaredImmutable } from "../checks/check-immutable.js";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import { OlderVersion } from "../older-version.js";
import type * as resource from "../types/resource-v1.js";
import type * as resourceV1beta1 from "../types/resource-v1beta1.js";
import { checkAdminAccess } from "./check-admin-access.js";
import { checkClaimStatus } from "./check-claim-status.js";
import { checkDeviceClaim } from "./check-device-claim.js";
import { claimSpecFromStored, claimSpecToStored } from "./claim-conversion.js";
import { checkDeclaredClaim } from "./declared-claim.js";
import { checkDeclaredClaimStatus } from "./declared-claim-status.js";
import { defaultClaim, defaultFlatClaim } from "./default-device-request.js";
import { dropFreedDevices } from "./drop-freed-devices.js";

function isClaim(object: object): object is Pick<resource.ResourceClaim, "spec" | "status"> {
  return "spec" in object && isJsonObject(object.spec) && "status" in object && isJsonObject(object.status);
}

function stateCell(object: KubeObject): string {
  const { allocation, reservedFor = [] } = isClaim(object) ? object.status : {};
  const deleted = object.metadata.deletionTimestamp !== undefined;
  const held = allocation === undefined ? (deleted ? [] : ["pending"]) : ["allocated"];
  const reserved = allocation !== undefined && reservedFor.length > 0 ? ["reserved"] : [];
  return [...(deleted ? ["deleted"] : []), ...held, ...reserved].join(",");
}

function requestAt(index: number): string {
  return `spec.devices.requests[${index}]`;
}

/** Access that was given once stays. */
function checkAdminResults(
  { metadata, status }: Pick<ResourceClaim, "metadata" | "status">,
  old: resource.ResourceClaimStatus,
  services: Services,
  errors: FieldErrors,
): void {
  if (old.allocation?.devices.results?.some(({ adminAccess }) => adminAccess === true) === true) return;
  const at = (index: number) => `status.allocation.devices.results[${index}]`;
  checkAdminAccess(status.allocation?.devices.results ?? [], at, metadata.namespace, services, errors);
}

const STATE_COLUMN: ColumnOptions = {
  name: "State",
  type: "string",
  description: "Whether it has devices, and who uses them",
  value: stateCell,
};

/** Asks for devices, and says which it got. */
@Native({
  group: "resource.k8s.io",
  version: "v1",
  kind: "ResourceClaim",
  storage: true,
  returnDeletedObject: true,
  status: true,
  statusMetadata: false,
})
@Column(STATE_COLUMN)
@Column(AGE_COLUMN)
export class ResourceClaim extends ApiObject {
  override spec!: resource.ResourceClaim["spec"];
  override status!: resource.ResourceClaim["status"];

  override default(): void {
    defaultClaim(this.spec.devices);
  }

  override prepareForCreate(): void {
    this.status = {};
  }

  override prepareForPartUpdate(old: this): void {
    dropFreedDevices(this.status, old.status);
  }

  override authorize(): Promise<void> {
    return loadCel();
  }

  override validate(errors: FieldErrors, { operation, services }: HookContext): void {
    if (operation !== "CREATE") return;
    checkAdminAccess(
      this.spec.devices.requests?.map(({ exactly }) => exactly) ?? [],
      requestAt,
      this.metadata.namespace,
      services,
      errors,
    );
    checkDeviceClaim(this.spec.devices, "spec.devices", errors);
    checkDeclaredClaim(this.spec.devices, "spec.devices", false, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource, services }: HookContext): void {
    if (subresource === "status") {
      checkAdminResults(this, old.status, services, errors);
      checkClaimStatus(this, old.status, this.metadata.deletionTimestamp !== undefined, errors);
      checkDeclaredClaimStatus(this.status, old.status, errors);
    } else checkDeclaredImmutable(this.spec, old.spec, "spec", errors);
  }
}

/** Served when the config says so. */
@OlderVersion({ version: "v1beta2", deprecatedIn: "1.36", removedIn: "1.39" })
export class ResourceClaimV1beta2 extends ResourceClaim {}

/** Served when the config says so; what is asked for stands in the requests themselves. */
@Native({
  group: "resource.k8s.io",
  version: "v1beta1",
  kind: "ResourceClaim",
  servedByDefault: false,
  deprecated: "resource.k8s.io/v1beta1 ResourceClaim is deprecated in v1.35+, unavailable in v1.38+",
  status: true,
  statusMetadata: false,
})
@Column(STATE_COLUMN)
@Column(AGE_COLUMN)
export class ResourceClaimV1beta1 extends ApiObject {
  override spec!: resourceV1beta1.ResourceClaim["spec"];
  override status!: resourceV1beta1.ResourceClaim["status"];

  static convertFrom(stored: object): object {
    if (!isClaim(stored)) throw new TypeError("a claim without spec or status");
    return { spec: claimSpecFromStored(stored.spec), status: stored.status };
  }

  override convertTo(): object {
    return { spec: claimSpecToStored(this.spec), status: this.status };
  }

  override default(): void {
    defaultFlatClaim(this.spec.devices);
  }

  override prepareForCreate(): void {
    this.status = {};
  }

  override prepareForPartUpdate(old: this): void {
    dropFreedDevices(this.status, old.status);
  }

  override authorize(): Promise<void> {
    return loadCel();
  }

  override validate(errors: FieldErrors, { operation, services }: HookContext): void {
    if (operation !== "CREATE") return;
    const { devices } = claimSpecToStored(this.spec);
    checkAdminAccess(this.spec.devices.requests ?? [], requestAt, this.metadata.namespace, services, errors);
    checkDeviceClaim(devices, "spec.devices", errors);
    checkDeclaredClaim(devices, "spec.devices", true, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource, services }: HookContext): void {
    const [spec, before] = [claimSpecToStored(this.spec), claimSpecToStored(old.spec)];
    const deleted = this.metadata.deletionTimestamp !== undefined;
    if (subresource === "status") {
      checkAdminResults(this, old.status, services, errors);
      checkClaimStatus({ spec, status: this.status }, old.status, deleted, errors);
      checkDeclaredClaimStatus(this.status, old.status, errors);
    } else checkDeclaredImmutable(spec, before, "spec", errors);
  }
}
