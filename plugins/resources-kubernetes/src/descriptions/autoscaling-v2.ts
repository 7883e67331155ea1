import { CONDITION, METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

const METRIC = "The metric.";
const TARGET = "The value that it is to have.";
const CURRENT = "The value that it has.";
const METRIC_TYPE = "Which of the others is set: Resource, ContainerResource, Pods, Object or External.";
const RESOURCE = "The resource: cpu or memory.";

/** What the types of autoscaling/v2 and their fields are, for `kubectl explain`. */
export const AUTOSCALING_V2: TypeDescriptions = {
  HorizontalPodAutoscaler: {
    "": "HorizontalPodAutoscaler sets the number of pods of something by metrics.",
    metadata: METADATA,
    spec: "What is wanted.",
    status: "What there is.",
  },
  HorizontalPodAutoscalerSpec: {
    "": "HorizontalPodAutoscalerSpec is what is wanted of an autoscaler.",
    scaleTargetRef: "What is scaled; it has a /scale.",
    minReplicas: "The least number of pods; default: 1. 0 needs a metric of type Object or External.",
    maxReplicas: "The greatest number of pods.",
    metrics: "What the number goes by; the metric that wants most pods counts. Default: 80% of the requested cpu.",
    behavior: "How fast the number may change, up and down.",
  },
  CrossVersionObjectReference: {
    "": "CrossVersionObjectReference names an object of the same namespace.",
    kind: "Kind of the object.",
    name: "Name of the object.",
    apiVersion: "Group and version of the kind.",
  },
  MetricSpec: {
    "": "MetricSpec is a metric that the number of pods goes by.",
    type: METRIC_TYPE,
    object: "A metric of one other object, such as the requests of an ingress.",
    pods: "A metric of each of the pods, on average.",
    resource: "What the pods use of a resource.",
    containerResource: "What one container of each pod uses of a resource.",
    external: "A metric of something outside the cluster.",
  },
  ObjectMetricSource: {
    "": "ObjectMetricSource is a metric of one object, and the value that it is to have.",
    describedObject: "The object.",
    target: TARGET,
    metric: METRIC,
  },
  MetricTarget: {
    "": "MetricTarget is the value that a metric is to have.",
    type: "Which of the others is set: Utilization, Value or AverageValue.",
    value: "The value itself.",
    averageValue: "The value for each pod, on average.",
    averageUtilization: "Percents of what the pods request, on average; for resources only.",
  },
  MetricIdentifier: {
    "": "MetricIdentifier names a metric.",
    name: "Name of the metric.",
    selector: "Labels of the metric, where the server of metrics has several by that name.",
  },
  PodsMetricSource: {
    "": "PodsMetricSource is a metric of each of the pods, and the average that it is to have.",
    metric: METRIC,
    target: TARGET,
  },
  ResourceMetricSource: {
    "": "ResourceMetricSource is what pods use of a resource, and what they are to use.",
    name: RESOURCE,
    target: TARGET,
  },
  ContainerResourceMetricSource: {
    "": "ContainerResourceMetricSource is what one container of each pod uses of a resource, and what it is to use.",
    name: RESOURCE,
    target: TARGET,
    container: "Name of the container.",
  },
  ExternalMetricSource: {
    "": "ExternalMetricSource is a metric of something outside the cluster, and the value that it is to have.",
    metric: METRIC,
    target: TARGET,
  },
  HorizontalPodAutoscalerBehavior: {
    "": "HorizontalPodAutoscalerBehavior is how fast the number of pods may change.",
    scaleUp: "Upwards; default: the more of 4 pods and 100% in 15 seconds, without looking back.",
    scaleDown: "Downwards; default: 100% in 15 seconds, to the highest number wanted in the last 300 seconds.",
  },
  HPAScalingRules: {
    "": "HPAScalingRules is how fast the number of pods may change in one direction.",
    stabilizationWindowSeconds:
      "How many seconds are looked back, up to 3600: of the numbers wanted then the one that changes least counts. Default: 0 up, 300 down.",
    selectPolicy:
      "Which policy counts: Max (the default), that which changes most; Min, least; Disabled: no change at all.",
    policies: "How much may change in which time.",
    tolerance: "How far, as a part of 1, the metric may be off before anything is done; default: 0.1.",
  },
  HPAScalingPolicy: {
    "": "HPAScalingPolicy is how much may change in which time.",
    type: "Pods: the value is a number of pods. Percent: percents of the present number.",
    value: "How much may change.",
    periodSeconds: "In how many seconds, from 1 to 1800.",
  },
  HorizontalPodAutoscalerStatus: {
    "": "HorizontalPodAutoscalerStatus is what was last seen of an autoscaler.",
    observedGeneration: "The generation of the spec that this status is about.",
    lastScaleTime: "When the number of pods was last changed.",
    currentReplicas: "How many pods there are.",
    desiredReplicas: "How many pods the autoscaler wants.",
    currentMetrics: "The metrics as last read.",
    conditions: "The latest observations, one of each type.",
  },
  MetricStatus: {
    "": "MetricStatus is a metric as last read.",
    type: METRIC_TYPE,
    object: "A metric of one other object.",
    pods: "A metric of each of the pods, on average.",
    resource: "What the pods use of a resource.",
    containerResource: "What one container of each pod uses of a resource.",
    external: "A metric of something outside the cluster.",
  },
  ObjectMetricStatus: {
    "": "ObjectMetricStatus is a metric of one object as last read.",
    metric: METRIC,
    current: CURRENT,
    describedObject: "The object.",
  },
  MetricValueStatus: {
    "": "MetricValueStatus is the value that a metric has.",
    value: "The value itself.",
    averageValue: "The value for each pod, on average.",
    averageUtilization: "Percents of what the pods request, on average.",
  },
  PodsMetricStatus: {
    "": "PodsMetricStatus is a metric of each of the pods as last read.",
    metric: METRIC,
    current: CURRENT,
  },
  ResourceMetricStatus: {
    "": "ResourceMetricStatus is what pods use of a resource, as last read.",
    name: RESOURCE,
    current: CURRENT,
  },
  ContainerResourceMetricStatus: {
    "": "ContainerResourceMetricStatus is what one container of each pod uses of a resource, as last read.",
    name: RESOURCE,
    current: CURRENT,
    container: "Name of the container.",
  },
  ExternalMetricStatus: {
    "": "ExternalMetricStatus is a metric of something outside the cluster as last read.",
    metric: METRIC,
    current: CURRENT,
  },
  HorizontalPodAutoscalerCondition: {
    "": "HorizontalPodAutoscalerCondition is one observation of an autoscaler.",
    type: "What is observed: ScalingActive, AbleToScale, ScalingLimited or ScaledToZero.",
    ...CONDITION,
  },
};
