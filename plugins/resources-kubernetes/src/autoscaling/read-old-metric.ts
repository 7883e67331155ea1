import type {
  CrossVersionObjectReference,
  MetricIdentifier,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
} from "../types/autoscaling-v2.js";
import type { GoObject } from "./go-object.js";

const NOTHING = "0";

interface Amounts {
  readonly value?: string | undefined;
  readonly averageValue?: string | undefined;
  readonly averageUtilization?: number | undefined;
}

function amounts({ value, averageValue, averageUtilization }: Amounts): MetricValueStatus {
  return {
    ...(value === undefined ? {} : { value }),
    ...(averageValue === undefined ? {} : { averageValue }),
    ...(averageUtilization === undefined ? {} : { averageUtilization }),
  };
}

function identifier(from: GoObject, selectorField: string): MetricIdentifier {
  const selector = from.selector(selectorField);
  return { name: from.text("metricName") ?? "", ...(selector === undefined ? {} : { selector }) };
}

function reference(from: GoObject): CrossVersionObjectReference {
  const target = from.object("target");
  const apiVersion = target?.text("apiVersion");
  return {
    kind: target?.text("kind") ?? "",
    name: target?.text("name") ?? "",
    ...(apiVersion === undefined ? {} : { apiVersion }),
  };
}

function resourceTarget(from: GoObject): MetricTarget {
  const averageUtilization = from.number("targetAverageUtilization");
  const averageValue = from.quantity("targetAverageValue");
  const type = averageUtilization === undefined ? "AverageValue" : "Utilization";
  return { type, ...amounts({ averageValue, averageUtilization }) };
}

/** v1 cannot leave the value out, so that nothing beside an average means none. */
function objectTarget(from: GoObject): MetricTarget {
  const averageValue = from.quantity("averageValue");
  const value = from.quantity("targetValue") ?? NOTHING;
  if (averageValue === undefined) return { type: "Value", value };
  return { type: "AverageValue", ...amounts({ value: value === NOTHING ? undefined : value, averageValue }) };
}

function externalTarget(from: GoObject): MetricTarget {
  const value = from.quantity("targetValue");
  const averageValue = from.quantity("targetAverageValue");
  return { type: value === undefined ? "AverageValue" : "Value", ...amounts({ value, averageValue }) };
}

/** A metric that v1 has in an annotation; throws an `AnnotationError` or a `QuantityError`. */
export function readOldMetric(from: GoObject): MetricSpec {
  const [object, pods, resource] = [from.object("object"), from.object("pods"), from.object("resource")];
  const [containerResource, external] = [from.object("containerResource"), from.object("external")];
  return {
    type: from.text("type") ?? "",
    ...(object && {
      object: {
        describedObject: reference(object),
        target: objectTarget(object),
        metric: identifier(object, "selector"),
      },
    }),
    ...(pods && {
      pods: {
        metric: identifier(pods, "selector"),
        target: { type: "AverageValue", averageValue: pods.quantity("targetAverageValue") ?? NOTHING },
      },
    }),
    ...(resource && { resource: { name: resource.text("name") ?? "", target: resourceTarget(resource) } }),
    ...(containerResource && {
      containerResource: {
        name: containerResource.text("name") ?? "",
        target: resourceTarget(containerResource),
        container: containerResource.text("container") ?? "",
      },
    }),
    ...(external && {
      external: { metric: identifier(external, "metricSelector"), target: externalTarget(external) },
    }),
  };
}

function resourceCurrent(from: GoObject): MetricValueStatus {
  return amounts({
    averageValue: from.quantity("currentAverageValue") ?? NOTHING,
    averageUtilization: from.number("currentAverageUtilization"),
  });
}

/** What v1 has in an annotation of the state of a metric; throws as {@link readOldMetric}. */
export function readOldMetricStatus(from: GoObject): MetricStatus {
  const [object, pods, resource] = [from.object("object"), from.object("pods"), from.object("resource")];
  const [containerResource, external] = [from.object("containerResource"), from.object("external")];
  return {
    type: from.text("type") ?? "",
    ...(object && {
      object: {
        metric: identifier(object, "selector"),
        current: amounts({
          value: object.quantity("currentValue") ?? NOTHING,
          averageValue: object.quantity("averageValue"),
        }),
        describedObject: reference(object),
      },
    }),
    ...(pods && {
      pods: {
        metric: identifier(pods, "selector"),
        current: { averageValue: pods.quantity("currentAverageValue") ?? NOTHING },
      },
    }),
    ...(resource && { resource: { name: resource.text("name") ?? "", current: resourceCurrent(resource) } }),
    ...(containerResource && {
      containerResource: {
        name: containerResource.text("name") ?? "",
        current: resourceCurrent(containerResource),
        container: containerResource.text("container") ?? "",
      },
    }),
    ...(external && {
      external: {
        metric: identifier(external, "metricSelector"),
        current: amounts({
          value: external.quantity("currentValue") ?? NOTHING,
          averageValue: external.quantity("currentAverageValue"),
        }),
      },
    }),
  };
}
