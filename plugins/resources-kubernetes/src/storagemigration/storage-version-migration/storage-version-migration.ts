import { type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { checkImmutable } from "../../checks/check-immutable.js";
import { Native } from "../../native.js";
import { OlderVersion } from "../../older-version.js";
import type * as storagemigration from "../../types/storagemigration-v1beta1.js";
import { checkMigration, checkMigrationStatus } from "./check-migration.js";

const STATES = ["Running", "Succeeded", "Failed"];

function isMigration(object: object): object is storagemigration.StorageVersionMigration {
  return "spec" in object && isJsonObject(object.spec) && "status" in object && isJsonObject(object.status);
}

function resourceCell(object: KubeObject): string {
  if (!isMigration(object)) return "";
  const { group, resource } = object.spec.resource;
  return group === "" ? resource : `${resource}.${group}`;
}

function stateCell(object: KubeObject): string {
  const conditions = (isMigration(object) ? object.status.conditions : undefined) ?? [];
  return conditions.findLast(({ type, status }) => status === "True" && STATES.includes(type))?.type ?? "Unknown";
}

/** Asks for all objects of a resource to be written anew, in the version that they are stored in now. */
@Native({
  group: "storagemigration.k8s.io",
  version: "v1",
  kind: "StorageVersionMigration",
  scope: "Cluster",
  storage: true,
  unconditionalUpdate: false,
  defaultColumns: false,
  status: true,
  statusMetadata: false,
  facts: "storagemigration/v1beta1",
})
@Column({ name: "Name", type: "string", description: "What it is called", jsonPath: ".metadata.name" })
@Column({ name: "Resource", type: "string", description: "What is written anew", value: resourceCell })
@Column({ name: "Status", type: "string", description: "How far it is", value: stateCell })
export class StorageVersionMigration extends ApiObject {
  override spec!: storagemigration.StorageVersionMigration["spec"];
  override status!: storagemigration.StorageVersionMigration["status"];

  override prepareForCreate(): void {
    this.status = {};
  }

  override validate(errors: FieldErrors, { subresource }: HookContext): void {
    if (subresource !== "status") checkMigration(this.spec, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource }: HookContext): void {
    if (subresource === "status") checkMigrationStatus(this.status, old.status, errors);
    else checkImmutable(this.spec, old.spec, "spec", errors);
  }
}

/** Served when the config says so. */
@OlderVersion({ version: "v1beta1", deprecatedIn: "1.37", removedIn: "1.40", replacedBy: "v1" })
export class StorageVersionMigrationV1beta1 extends StorageVersionMigration {}
