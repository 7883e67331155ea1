import { type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { checkCsiDriverName, checkDeclaredDriverName } from "../../checks/check-csi-driver-name.js";
import { checkDeclaredImmutable } from "../../checks/check-immutable.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { defaultResourceList } from "../../core/default-resource-list.js";
import { defaultDisk } from "../../core/pod/default-volume.js";
import { Native } from "../../native.js";
import type * as storage from "../../types/storage-v1.js";
import { checkAttachedVolume, checkAttachmentSpec, checkAttachmentStatus } from "./check-attachment.js";

function isAttached(object: KubeObject): boolean {
  const status: unknown = object.status;
  return isJsonObject(status) && status.attached === true;
}

function volumeName(object: KubeObject): string {
  const spec: unknown = object.spec;
  const source = isJsonObject(spec) ? spec.source : undefined;
  const name = isJsonObject(source) ? source.persistentVolumeName : undefined;
  return typeof name === "string" ? name : "";
}

/** A volume that is to be attached to a node. */
@Native({
  group: "storage.k8s.io",
  version: "v1",
  kind: "VolumeAttachment",
  scope: "Cluster",
  status: true,
  statusMetadata: false,
  unconditionalUpdate: false,
  returnDeletedObject: true,
})
@Column({
  name: "Attacher",
  type: "string",
  format: "name",
  description: "The driver that attaches it",
  jsonPath: ".spec.attacher",
})
@Column({ name: "PV", type: "string", description: "The persistent volume", value: volumeName })
@Column({ name: "Node", type: "string", description: "The node", jsonPath: ".spec.nodeName" })
@Column({ name: "Attached", type: "boolean", description: "Whether it is attached", value: isAttached })
@Column(AGE_COLUMN)
export class VolumeAttachment extends ApiObject {
  override spec!: storage.VolumeAttachment["spec"];
  override status!: storage.VolumeAttachment["status"];

  override default(): void {
    const inline = this.spec.source.inlineVolumeSpec;
    if (inline === undefined) return;
    defaultResourceList(inline.capacity);
    defaultDisk(inline);
  }

  override prepareForCreate(): void {
    this.status = { attached: false };
  }

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    // Upstream declares the rules of the attacher, which come last then, but not when the spec may not change anyway.
    if (operation !== "CREATE") checkCsiDriverName(this.spec.attacher, "spec.attacher", errors);
    checkAttachmentSpec(this.spec, errors);
    checkAttachmentStatus(this.status, errors);
    checkAttachedVolume(this.spec.source, errors);
    if (operation === "CREATE") checkDeclaredDriverName(this.spec.attacher, "spec.attacher", errors);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    checkDeclaredImmutable(this.spec, old.spec, "spec", errors);
  }
}
