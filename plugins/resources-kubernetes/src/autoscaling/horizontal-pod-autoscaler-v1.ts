import { type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { sameJson } from "../checks/same-json.js";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import type * as autoscaling from "../types/autoscaling-v1.js";
import { autoscalerColumns } from "./autoscaler-columns.js";
import { fromOld, metricsOfOld, type NewAutoscaler, type OldAutoscaler, toOld } from "./autoscaler-conversion.js";
import { AUTOSCALER_OPTIONS } from "./autoscaler-options.js";
import { checkAutoscaler, checkAutoscalerStatus } from "./check-autoscaler.js";
import { defaultAutoscaler } from "./default-autoscaler.js";
import { KEPT, withKeptOf } from "./kept-annotations.js";

function hasParts(object: object): object is { spec: object; status: object } {
  return "spec" in object && isJsonObject(object.spec) && "status" in object && isJsonObject(object.status);
}

function isOld(object: object): object is OldAutoscaler {
  return hasParts(object) && "maxReplicas" in object.spec;
}

function isNew(object: object): object is NewAutoscaler {
  return hasParts(object);
}

function formOf(object: KubeObject): NewAutoscaler {
  if (!isOld(object)) throw new TypeError("an autoscaler without spec or status");
  return fromOld(object);
}

const COLUMNS = autoscalerColumns(formOf);

/** How many replicas something has, by the CPU that it uses; what v2 has besides stands in annotations. */
@Native({ ...AUTOSCALER_OPTIONS, version: "v1" })
@Column(COLUMNS.reference)
@Column(COLUMNS.targets)
@Column(COLUMNS.minPods)
@Column(COLUMNS.maxPods)
@Column(COLUMNS.replicas)
@Column(AGE_COLUMN)
export class HorizontalPodAutoscalerV1 extends ApiObject {
  override spec!: autoscaling.HorizontalPodAutoscaler["spec"];
  override status!: autoscaling.HorizontalPodAutoscaler["status"];

  static convertFrom(stored: object): object {
    if (!isNew(stored)) throw new TypeError("an autoscaler without spec or status");
    return toOld(stored);
  }

  override convertTo(): object {
    const converted = fromOld(this);
    defaultAutoscaler(converted.spec);
    return converted;
  }

  override default(): void {
    this.spec.minReplicas ??= 1;
    if (metricsOfOld(this).length === 0) this.spec.targetCPUUtilizationPercentage = 80;
    // as upstream converts what it reads, and knows v1 from that alone
    const { metadata, spec, status } = toOld(fromOld(this));
    this.spec = spec;
    this.status = status;
    const { annotations } = metadata;
    if (annotations === undefined || Object.keys(annotations).length === 0) delete this.metadata.annotations;
    else this.metadata.annotations = annotations;
  }

  override prepareForCreate(): void {
    keep(this, undefined, KEPT.currentMetrics, KEPT.conditions);
  }

  override prepareForUpdate(old: this): void {
    keep(this, old, KEPT.currentMetrics, KEPT.conditions);
    // the part of the spec that stands in annotations counts too
    if (!sameJson(fromOld(this).spec, fromOld(old).spec)) this.metadata.generation = (old.metadata.generation ?? 0) + 1;
  }

  override prepareForPartUpdate(old: this): void {
    keep(this, old, KEPT.metrics, KEPT.behavior);
  }

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    if (operation === "CREATE") checkAutoscaler(fromOld(this).spec, undefined, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource }: HookContext): void {
    if (subresource === "status") checkAutoscalerStatus(fromOld(this).status, errors);
    else checkAutoscaler(fromOld(this).spec, fromOld(old).spec, errors);
  }
}

/** Some annotations are parts of the spec, some of the status: those that a write may not change stay as they were. */
function keep(
  { metadata }: HorizontalPodAutoscalerV1,
  old: HorizontalPodAutoscalerV1 | undefined,
  ...keys: readonly string[]
): void {
  const annotations = withKeptOf(metadata.annotations, old?.metadata.annotations, ...keys);
  if (annotations === undefined) delete metadata.annotations;
  else metadata.annotations = annotations;
}
