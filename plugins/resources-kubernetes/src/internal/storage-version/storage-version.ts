import { type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { listCell } from "../../columns/list-cell.js";
import { Native } from "../../native.js";
import type * as apiserverinternal from "../../types/apiserverinternal-v1alpha1.js";
import { checkStorageVersionStatus, storageVersionNameErrors } from "./check-storage-version.js";

function hasStatus(object: object): object is apiserverinternal.StorageVersion {
  return "status" in object && isJsonObject(object.status);
}

function commonCell(object: KubeObject): string {
  return (hasStatus(object) ? object.status.commonEncodingVersion : undefined) ?? "<unset>";
}

function serversCell(object: KubeObject): string {
  const servers = (hasStatus(object) ? object.status.storageVersions : undefined) ?? [];
  return listCell(
    servers.map(({ apiServerID = "", encodingVersion = "" }) => `${apiServerID}=${encodingVersion}`),
    "<unset>",
  );
}

/** In which version each server stores a resource. */
@Native({
  group: "internal.apiserver.k8s.io",
  version: "v1alpha1",
  kind: "StorageVersion",
  scope: "Cluster",
  nameFormat: "path-segment",
  unconditionalUpdate: false,
  status: true,
})
@Column({
  name: "CommonEncodingVersion",
  type: "string",
  description: "What all servers store it in",
  value: commonCell,
})
@Column({ name: "StorageVersions", type: "string", description: "What each server stores it in", value: serversCell })
@Column(AGE_COLUMN)
export class StorageVersion extends ApiObject {
  override spec!: apiserverinternal.StorageVersion["spec"];
  override status!: apiserverinternal.StorageVersion["status"];

  override prepareForCreate(): void {
    this.status = {};
  }

  override validate(errors: FieldErrors, { operation, subresource }: HookContext): void {
    const { name = "" } = this.metadata;
    if (operation === "CREATE" && name !== "")
      errors.invalidEach("metadata.name", name, storageVersionNameErrors(name));
    else if (subresource === "status") checkStorageVersionStatus(this.status, errors);
  }
}
