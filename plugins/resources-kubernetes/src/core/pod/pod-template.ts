import { type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { sameJson } from "../../checks/same-json.js";
import { containerImages, containerNames } from "../../columns/container-cells.js";
import { labelCell } from "../../columns/label-cell.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { checkPodTemplate } from "./check-pod-template.js";
import { defaultPodTemplate } from "./default-pod-template.js";
import { dropDisabledFields } from "./drop-disabled-fields.js";
import { podTemplateWarnings } from "./pod-warnings.js";

function isPodTemplate(object: object): object is core.PodTemplate {
  return "template" in object && isJsonObject(object.template);
}

/** Reads a cell from the template. */
function cell(read: (template: core.PodTemplateSpec) => string): (object: KubeObject) => string {
  return (object) => (isPodTemplate(object) ? read(object.template) : "");
}

/** A pod to be made again and again. */
@Native({
  group: "",
  version: "v1",
  kind: "PodTemplate",
  returnDeletedObject: true,
  defaultColumns: false,
})
@Column({ name: "Name", type: "string", format: "name", description: "The name", jsonPath: ".metadata.name" })
@Column({
  name: "Containers",
  type: "string",
  description: "What the containers are called",
  value: cell(({ spec }) => containerNames(spec.containers)),
})
@Column({
  name: "Images",
  type: "string",
  description: "What the containers are made of",
  value: cell(({ spec }) => containerImages(spec.containers)),
})
@Column({
  name: "Pod Labels",
  type: "string",
  description: "The labels of its pods",
  value: cell(({ metadata }) => labelCell(metadata.labels)),
})
export class PodTemplate extends ApiObject {
  template!: core.PodTemplate["template"];

  override default(): void {
    defaultPodTemplate(this.template);
  }

  override prepareForCreate(): void {
    this.metadata.generation = 1;
    dropDisabledFields(this.template.spec, this.template.metadata);
  }

  override prepareForUpdate(old: this): void {
    dropDisabledFields(this.template.spec, this.template.metadata, old.template.spec);
    if (!sameJson(this.template, old.template)) this.metadata.generation = (old.metadata.generation ?? 0) + 1;
  }

  override validate(errors: FieldErrors, { operation, warn }: HookContext): void {
    if (operation !== "CREATE") return;
    checkPodTemplate(this.template, "template", errors);
    if (errors.empty) for (const text of podTemplateWarnings(this.template, "template")) warn(text);
  }

  override validateUpdate(old: this, errors: FieldErrors, { warn }: HookContext): void {
    checkPodTemplate(this.template, "template", errors, { old: old.template });
    const changed = this.metadata.generation !== old.metadata.generation;
    if (changed && errors.empty) for (const text of podTemplateWarnings(this.template, "template")) warn(text);
  }
}
