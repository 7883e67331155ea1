import { type ObjectMeta, QuantityError, quoteValue } from "@quarterdeck/meta";
import type * as v1 from "../types/autoscaling-v1.js";
import type {
  HorizontalPodAutoscalerBehavior,
  HorizontalPodAutoscalerCondition,
  HorizontalPodAutoscalerSpec,
  HorizontalPodAutoscalerStatus,
  HPAScalingRules,
  MetricSpec,
} from "../types/autoscaling-v2.js";
import { AnnotationError, GoObject } from "./go-object.js";
import { KEPT, withoutKept } from "./kept-annotations.js";
import { oldMetric, oldMetricStatus } from "./old-metric.js";
import { readOldMetric, readOldMetricStatus } from "./read-old-metric.js";

/** An autoscaler but for its type. */
interface Autoscaler<TSpec, TStatus> {
  readonly metadata: ObjectMeta;
  readonly spec: TSpec;
  readonly status: TStatus;
}

/** An autoscaler as autoscaling/v1 has it. */
export type OldAutoscaler = Autoscaler<v1.HorizontalPodAutoscalerSpec, v1.HorizontalPodAutoscalerStatus>;
/** An autoscaler as autoscaling/v2 has it. */
export type NewAutoscaler = Autoscaler<HorizontalPodAutoscalerSpec, HorizontalPodAutoscalerStatus>;

function isCpuUtilization({ type, resource }: MetricSpec): boolean {
  return type === "Resource" && resource?.name === "cpu" && resource.target.averageUtilization !== undefined;
}

function cpuMetric(averageUtilization: number): MetricSpec {
  return { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization } } };
}

/** Upstream writes the type that no version has, whose fields are called as in Go. */
function oldRules(rules: HPAScalingRules | undefined): object | null {
  if (rules === undefined) return null;
  return {
    StabilizationWindowSeconds: rules.stabilizationWindowSeconds ?? null,
    SelectPolicy: rules.selectPolicy ?? null,
    Policies:
      rules.policies?.map(({ type, value, periodSeconds }) => ({
        Type: type,
        Value: value,
        PeriodSeconds: periodSeconds,
      })) ?? null,
    Tolerance: rules.tolerance ?? null,
  };
}

function readRules(from: GoObject): HPAScalingRules {
  const window = from.number("stabilizationWindowSeconds");
  const selectPolicy = from.text("selectPolicy");
  const policies = from.list("policies")?.map((one) => ({
    type: one.text("type") ?? "",
    value: one.number("value") ?? 0,
    periodSeconds: one.number("periodSeconds") ?? 0,
  }));
  const tolerance = from.quantity("tolerance");
  return {
    ...(window === undefined ? {} : { stabilizationWindowSeconds: window }),
    ...(selectPolicy === undefined ? {} : { selectPolicy }),
    ...(policies === undefined ? {} : { policies }),
    ...(tolerance === undefined ? {} : { tolerance }),
  };
}

function readBehavior(value: unknown): HorizontalPodAutoscalerBehavior | undefined {
  const from = new GoObject(value);
  const [up, down] = [from.object("scaleUp"), from.object("scaleDown")];
  if (up === undefined && down === undefined) return undefined;
  return { ...(up && { scaleUp: readRules(up) }), ...(down && { scaleDown: readRules(down) }) };
}

function readCondition(from: GoObject): HorizontalPodAutoscalerCondition {
  const [reason, message] = [from.text("reason"), from.text("message")];
  return {
    type: from.text("type") ?? "",
    status: from.text("status") ?? "",
    lastTransitionTime: from.time("lastTransitionTime") ?? null,
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
  };
}

/** What an annotation holds; undefined when there is none, or one that cannot be read: upstream passes over those. */
function readKept<T>({ annotations }: ObjectMeta, key: string, read: (value: unknown) => T): T | undefined {
  const text = annotations?.[key];
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return read(value);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof AnnotationError || error instanceof QuantityError)
      return undefined;
    throw error;
  }
}

/** The metrics of an autoscaler of v1, in its annotation and in its field; empty when it says nothing. */
export function metricsOfOld({ metadata, spec }: Pick<OldAutoscaler, "metadata" | "spec">): MetricSpec[] {
  const others = readKept(metadata, KEPT.metrics, (value) => GoObject.list(value).map(readOldMetric)) ?? [];
  const cpu = spec.targetCPUUtilizationPercentage;
  return cpu === undefined ? others : [...others, cpuMetric(cpu)];
}

function statusOfOld({ metadata, status }: OldAutoscaler): HorizontalPodAutoscalerStatus {
  const { currentCPUUtilizationPercentage: cpu, ...same } = status;
  const field =
    cpu === undefined ? null : [{ type: "Resource", resource: { name: "cpu", current: { averageUtilization: cpu } } }];
  const kept = readKept(metadata, KEPT.currentMetrics, (value) => GoObject.list(value).map(readOldMetricStatus));
  const conditions = readKept(metadata, KEPT.conditions, (value) => GoObject.list(value).map(readCondition));
  return { ...same, currentMetrics: kept ?? field, ...(conditions === undefined ? {} : { conditions }) };
}

/** An autoscaler of v1 in the form of v2, its annotations read into fields. */
export function fromOld(old: OldAutoscaler): NewAutoscaler {
  const { scaleTargetRef, minReplicas, maxReplicas } = old.spec;
  const metrics = metricsOfOld(old);
  const behavior = readKept(old.metadata, KEPT.behavior, readBehavior);
  const { annotations: _annotations, ...metadata } = old.metadata;
  const annotations = withoutKept(old.metadata.annotations);
  return {
    metadata: { ...metadata, ...(annotations === undefined ? {} : { annotations }) },
    spec: {
      scaleTargetRef,
      ...(minReplicas === undefined ? {} : { minReplicas }),
      maxReplicas,
      metrics: metrics.length === 0 ? [cpuMetric(80)] : metrics,
      ...(behavior === undefined ? {} : { behavior }),
    },
    status: statusOfOld(old),
  };
}

function keptOf({ spec, status }: NewAutoscaler): { [key: string]: string } {
  const others = (spec.metrics ?? []).filter((metric) => !isCpuUtilization(metric)).map(oldMetric);
  const { behavior } = spec;
  const current = (status.currentMetrics ?? []).map(oldMetricStatus);
  const conditions = status.conditions ?? [];
  return {
    ...(others.length === 0 ? {} : { [KEPT.metrics]: quoteValue(others) }),
    ...(current.length === 0 ? {} : { [KEPT.currentMetrics]: quoteValue(current) }),
    ...(behavior === undefined
      ? {}
      : {
          [KEPT.behavior]: quoteValue({
            ScaleUp: oldRules(behavior.scaleUp),
            ScaleDown: oldRules(behavior.scaleDown),
          }),
        }),
    ...(conditions.length === 0 ? {} : { [KEPT.conditions]: quoteValue(conditions) }),
  };
}

/** An autoscaler of v2 in the form of v1, what that has no field for in annotations. */
export function toOld(autoscaler: NewAutoscaler): OldAutoscaler {
  const { scaleTargetRef, minReplicas, maxReplicas, metrics } = autoscaler.spec;
  const cpu = metrics?.find(isCpuUtilization)?.resource?.target.averageUtilization;
  const { observedGeneration, lastScaleTime, currentReplicas = 0, desiredReplicas, currentMetrics } = autoscaler.status;
  const used = (currentMetrics ?? [])
    .filter(({ type, resource }) => type === "Resource" && resource?.name === "cpu")
    .map(({ resource }) => resource?.current.averageUtilization)
    .findLast((utilization) => utilization !== undefined);
  return {
    metadata: {
      ...autoscaler.metadata,
      annotations: { ...withoutKept(autoscaler.metadata.annotations), ...keptOf(autoscaler) },
    },
    spec: {
      scaleTargetRef,
      ...(minReplicas === undefined ? {} : { minReplicas }),
      maxReplicas,
      ...(cpu === undefined ? {} : { targetCPUUtilizationPercentage: cpu }),
    },
    status: {
      ...(observedGeneration === undefined ? {} : { observedGeneration }),
      ...(lastScaleTime === undefined ? {} : { lastScaleTime }),
      currentReplicas,
      desiredReplicas,
      ...(used === undefined ? {} : { currentCPUUtilizationPercentage: used }),
    },
  };
}
