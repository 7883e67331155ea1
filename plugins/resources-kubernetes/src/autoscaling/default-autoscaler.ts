import type {
  HorizontalPodAutoscalerBehavior,
  HorizontalPodAutoscalerSpec,
  HPAScalingRules,
  MetricSpec,
} from "../types/autoscaling-v2.js";

const PERIOD_SECONDS = 15;

function cpuMetric(): MetricSpec {
  return { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } };
}

function upRules(): HPAScalingRules {
  return {
    stabilizationWindowSeconds: 0,
    selectPolicy: "Max",
    policies: [
      { type: "Pods", value: 4, periodSeconds: PERIOD_SECONDS },
      { type: "Percent", value: 100, periodSeconds: PERIOD_SECONDS },
    ],
  };
}

function downRules(): HPAScalingRules {
  return { selectPolicy: "Max", policies: [{ type: "Percent", value: 100, periodSeconds: PERIOD_SECONDS }] };
}

function defaultBehavior(behavior: HorizontalPodAutoscalerBehavior): void {
  behavior.scaleUp = { ...upRules(), ...behavior.scaleUp };
  behavior.scaleDown = { ...downRules(), ...behavior.scaleDown };
}

/** At least one replica, 80 % of the CPU asked for, and the rest of a behaviour that says something; upstream's defaults of v2. */
export function defaultAutoscaler(spec: HorizontalPodAutoscalerSpec): void {
  spec.minReplicas ??= 1;
  if ((spec.metrics ?? []).length === 0) spec.metrics = [cpuMetric()];
  if (spec.behavior !== undefined) defaultBehavior(spec.behavior);
}
