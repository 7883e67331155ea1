import type {
  CrossVersionObjectReference,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
} from "../types/autoscaling-v2.js";

/** Metrics as autoscaling/v1 has them in annotations, each field in the order of Go's struct; absent ones are left out. */
type OldMetric = object;

const NOTHING = "0";

function referenceOf({ kind, name, apiVersion }: CrossVersionObjectReference): object {
  return { kind, name, apiVersion: apiVersion === "" ? undefined : apiVersion };
}

function oldObject({ object }: MetricSpec): object | undefined {
  if (object === undefined) return undefined;
  const { describedObject, metric, target } = object;
  return {
    target: referenceOf(describedObject),
    metricName: metric.name,
    targetValue: target.value ?? NOTHING,
    selector: metric.selector,
    averageValue: target.averageValue,
  };
}

function oldPods({ pods }: MetricSpec): object | undefined {
  if (pods === undefined) return undefined;
  const { metric, target } = pods;
  return { metricName: metric.name, targetAverageValue: target.averageValue ?? NOTHING, selector: metric.selector };
}

function oldTarget({ averageUtilization, averageValue }: MetricTarget): object {
  return { targetAverageUtilization: averageUtilization, targetAverageValue: averageValue };
}

/** A metric as v1 has it. */
export function oldMetric(metric: MetricSpec): OldMetric {
  const { type, resource, containerResource, external } = metric;
  return {
    type,
    object: oldObject(metric),
    pods: oldPods(metric),
    resource: resource && { name: resource.name, ...oldTarget(resource.target) },
    containerResource: containerResource && {
      name: containerResource.name,
      ...oldTarget(containerResource.target),
      container: containerResource.container,
    },
    external: external && {
      metricName: external.metric.name,
      metricSelector: external.metric.selector,
      targetValue: external.target.value,
      targetAverageValue: external.target.averageValue,
    },
  };
}

function oldCurrent({ averageUtilization, averageValue }: MetricValueStatus): object {
  return { currentAverageUtilization: averageUtilization, currentAverageValue: averageValue ?? NOTHING };
}

/** What is known of a metric as v1 has it. */
export function oldMetricStatus(status: MetricStatus): OldMetric {
  const { type, object, pods, resource, containerResource, external } = status;
  return {
    type,
    object: object && {
      target: referenceOf(object.describedObject),
      metricName: object.metric.name,
      currentValue: object.current.value ?? NOTHING,
      selector: object.metric.selector,
      averageValue: object.current.averageValue,
    },
    pods: pods && {
      metricName: pods.metric.name,
      currentAverageValue: pods.current.averageValue ?? NOTHING,
      selector: pods.metric.selector,
    },
    resource: resource && { name: resource.name, ...oldCurrent(resource.current) },
    containerResource: containerResource && {
      name: containerResource.name,
      ...oldCurrent(containerResource.current),
      container: containerResource.container,
    },
    external: external && {
      metricName: external.metric.name,
      metricSelector: external.metric.selector,
      currentValue: external.current.value ?? NOTHING,
      currentAverageValue: external.current.averageValue,
    },
  };
}
