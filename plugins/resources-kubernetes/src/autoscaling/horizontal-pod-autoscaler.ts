import { type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import type * as autoscaling from "../types/autoscaling-v2.js";
import { autoscalerColumns } from "./autoscaler-columns.js";
import { AUTOSCALER_OPTIONS } from "./autoscaler-options.js";
import { checkAutoscaler, checkAutoscalerStatus } from "./check-autoscaler.js";
import { defaultAutoscaler } from "./default-autoscaler.js";
import { withoutKept } from "./kept-annotations.js";

function hasParts(object: object): object is Pick<HorizontalPodAutoscaler, "spec" | "status"> {
  return "spec" in object && isJsonObject(object.spec) && "status" in object && isJsonObject(object.status);
}

function formOf(object: KubeObject): Pick<HorizontalPodAutoscaler, "spec" | "status"> {
  if (!hasParts(object)) throw new TypeError("an autoscaler without spec or status");
  return object;
}

const COLUMNS = autoscalerColumns(formOf);

/** How many replicas something has, by metrics. */
@Native({ ...AUTOSCALER_OPTIONS, version: "v2", storage: true })
@Column(COLUMNS.reference)
@Column(COLUMNS.targets)
@Column(COLUMNS.minPods)
@Column(COLUMNS.maxPods)
@Column(COLUMNS.replicas)
@Column(AGE_COLUMN)
export class HorizontalPodAutoscaler extends ApiObject {
  override spec!: autoscaling.HorizontalPodAutoscaler["spec"];
  override status!: autoscaling.HorizontalPodAutoscaler["status"];

  override default(): void {
    defaultAutoscaler(this.spec);
    const { annotations } = this.metadata;
    if (annotations === undefined) return;
    const rest = withoutKept(annotations);
    if (rest === undefined) delete this.metadata.annotations;
    else this.metadata.annotations = rest;
  }

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    if (operation === "CREATE") checkAutoscaler(this.spec, undefined, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource }: HookContext): void {
    if (subresource === "status") checkAutoscalerStatus(this.status, errors);
    else checkAutoscaler(this.spec, old.spec, errors);
  }
}
