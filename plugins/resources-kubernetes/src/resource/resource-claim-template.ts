import { type FieldErrors, isJsonObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { loadCel } from "../checks/check-cel.js";
import { checkImmutable } from "../checks/check-immutable.js";
import { checkTemplateMetadata } from "../checks/check-template-metadata.js";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import { OlderVersion } from "../older-version.js";
import type * as resource from "../types/resource-v1.js";
import type * as resourceV1beta1 from "../types/resource-v1beta1.js";
import { checkAdminAccess } from "./check-admin-access.js";
import { checkDeviceClaim } from "./check-device-claim.js";
import { claimSpecFromStored, claimSpecToStored } from "./claim-conversion.js";
import { checkDeclaredClaim } from "./declared-claim.js";
import { defaultClaim, defaultFlatClaim } from "./default-device-request.js";

const DEVICES = "spec.spec.devices";

/** Upstream's path, though the requests stand deeper. */
function requestAt(index: number): string {
  return `spec.devices.requests[${index}]`;
}

function isTemplate(object: object): object is Pick<resource.ResourceClaimTemplate, "spec"> {
  return "spec" in object && isJsonObject(object.spec) && isJsonObject(object.spec.spec);
}

function check({ metadata, spec }: resource.ResourceClaimTemplateSpec, errors: FieldErrors): void {
  checkTemplateMetadata(metadata, "spec.metadata", errors);
  checkDeviceClaim(spec.devices, DEVICES, errors);
}

/** What claims are made of for the pods that want one each. */
@Native({
  group: "resource.k8s.io",
  version: "v1",
  kind: "ResourceClaimTemplate",
  storage: true,
  returnDeletedObject: true,
})
@Column(AGE_COLUMN)
export class ResourceClaimTemplate extends ApiObject {
  override spec!: resource.ResourceClaimTemplate["spec"];

  override default(): void {
    defaultClaim(this.spec.spec.devices);
  }

  override authorize(): Promise<void> {
    return loadCel();
  }

  override validate(errors: FieldErrors, { operation, services }: HookContext): void {
    const { requests } = this.spec.spec.devices;
    const wanted = operation === "CREATE" ? (requests?.map(({ exactly }) => exactly) ?? []) : [];
    checkAdminAccess(wanted, requestAt, this.metadata.namespace, services, errors);
    check(this.spec, errors);
    if (operation === "CREATE") checkDeclaredClaim(this.spec.spec.devices, DEVICES, false, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    checkImmutable(this.spec, old.spec, "spec", errors);
    checkDeclaredClaim(this.spec.spec.devices, DEVICES, false, errors);
  }
}

/** Served when the config says so. */
@OlderVersion({ version: "v1beta2", deprecatedIn: "1.36", removedIn: "1.39" })
export class ResourceClaimTemplateV1beta2 extends ResourceClaimTemplate {}

/** Served when the config says so; what is asked for stands in the requests themselves. */
@Native({
  group: "resource.k8s.io",
  version: "v1beta1",
  kind: "ResourceClaimTemplate",
  servedByDefault: false,
  deprecated: "resource.k8s.io/v1beta1 ResourceClaimTemplate is deprecated in v1.35+, unavailable in v1.38+",
})
@Column(AGE_COLUMN)
export class ResourceClaimTemplateV1beta1 extends ApiObject {
  override spec!: resourceV1beta1.ResourceClaimTemplate["spec"];

  static convertFrom(stored: object): object {
    if (!isTemplate(stored)) throw new TypeError("a template without a spec");
    const { metadata, spec } = stored.spec;
    return { spec: { metadata, spec: claimSpecFromStored(spec) } };
  }

  override convertTo(): { spec: resource.ResourceClaimTemplateSpec } {
    const { metadata, spec } = this.spec;
    return { spec: { metadata, spec: claimSpecToStored(spec) } };
  }

  override default(): void {
    defaultFlatClaim(this.spec.spec.devices);
  }

  override authorize(): Promise<void> {
    return loadCel();
  }

  override validate(errors: FieldErrors, { operation, services }: HookContext): void {
    const { metadata, spec } = this.spec;
    const wanted = operation === "CREATE" ? (spec.devices.requests ?? []) : [];
    checkAdminAccess(wanted, requestAt, this.metadata.namespace, services, errors);
    const stored = claimSpecToStored(spec);
    check({ metadata, spec: stored }, errors);
    if (operation === "CREATE") checkDeclaredClaim(stored.devices, DEVICES, true, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    checkImmutable(this.spec, old.spec, "spec", errors);
    checkDeclaredClaim(claimSpecToStored(this.spec.spec).devices, DEVICES, true, errors);
  }
}
