import { type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { checkDeclaredImmutable } from "../../checks/check-immutable.js";
import { checkIp } from "../../checks/check-ip.js";
import { checkGivenSegment, checkPathSegment, checkSubdomain } from "../../checks/check-reference-part.js";
import { Native } from "../../native.js";
import type * as networking from "../../types/networking-v1.js";

function isIpAddress(object: object): object is networking.IPAddress {
  return "spec" in object && isJsonObject(object.spec);
}

function parentCell(object: KubeObject): string {
  const parent = isIpAddress(object) ? object.spec.parentRef : undefined;
  if (parent === undefined) return "<none>";
  const { group = "", resource = "", namespace = "", name = "" } = parent;
  const type = (group === "" ? resource : `${resource}.${group}`).toLowerCase();
  return [type, ...(namespace === "" ? [] : [namespace]), name].join("/");
}

/** An address that is taken, and by what. */
@Native({
  group: "networking.k8s.io",
  version: "v1",
  kind: "IPAddress",
  plural: "ipaddresses",
  scope: "Cluster",
  shortNames: ["ip"],
  // the name is the address, and those of IPv6 have colons
  nameFormat: "path-segment",
  defaultColumns: false,
})
@Column({ name: "Name", type: "string", format: "name", description: "The address", jsonPath: ".metadata.name" })
@Column({ name: "ParentRef", type: "string", description: "What has the address", value: parentCell })
export class IPAddress extends ApiObject {
  override spec!: networking.IPAddress["spec"];

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    const { name = "" } = this.metadata;
    if (name !== "") checkIp(name, "metadata.name", errors);
    const parent = this.spec.parentRef;
    if (parent === undefined) {
      errors.required("spec.parentRef");
      return;
    }
    const path = "spec.parentRef";
    const { group = "", namespace = "" } = parent;
    if (group !== "") checkSubdomain(group, `${path}.group`, errors);
    // Upstream declares that the two are there, so that it comes last, but not when the parent may not change anyway.
    const check = operation === "CREATE" ? checkGivenSegment : checkPathSegment;
    check(parent.resource, `${path}.resource`, errors);
    check(parent.name, `${path}.name`, errors);
    checkGivenSegment(namespace, `${path}.namespace`, errors);
    if (operation !== "CREATE") return;
    if (!parent.resource) errors.required(`${path}.resource`);
    if (!parent.name) errors.required(`${path}.name`);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    checkDeclaredImmutable(this.spec.parentRef, old.spec.parentRef, "spec.parentRef", errors);
  }
}
