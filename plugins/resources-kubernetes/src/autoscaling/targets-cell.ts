import type {
  HorizontalPodAutoscaler,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
} from "../types/autoscaling-v2.js";

const SHOWN = 2;
const UNKNOWN = "<unknown>";

function currentOf(type: string, status: MetricStatus | undefined): MetricValueStatus | undefined {
  switch (type) {
    case "External":
      return status?.external?.current;
    case "Pods":
      return status?.pods?.current;
    case "Object":
      return status?.object?.current;
    case "Resource":
      return status?.resource?.current;
    default:
      return status?.containerResource?.current;
  }
}

/** `3/10 (avg)` or `3/10`; what Go says of a quantity that is not there is `<nil>`. */
function valueText(target: MetricTarget, current: MetricValueStatus | undefined): string {
  if (target.averageValue !== undefined) return `${current?.averageValue ?? UNKNOWN}/${target.averageValue} (avg)`;
  return `${current === undefined ? UNKNOWN : (current.value ?? "<nil>")}/${target.value ?? "<nil>"}`;
}

function percent(utilization: number | undefined, empty: string): string {
  return utilization === undefined ? empty : `${utilization}%`;
}

function resourceText(name: string, target: MetricTarget, current: MetricValueStatus | undefined): string {
  if (target.averageValue !== undefined) {
    const now = current === undefined ? UNKNOWN : (current.averageValue ?? "<nil>");
    return `${name}: ${now}/${target.averageValue}`;
  }
  return `${name}: ${percent(current?.averageUtilization, UNKNOWN)}/${percent(target.averageUtilization, "<auto>")}`;
}

function metricText(metric: MetricSpec, status: MetricStatus | undefined): string {
  const { type, external, pods, object, resource, containerResource } = metric;
  const current = currentOf(type, status);
  if (type === "External" && external !== undefined) return valueText(external.target, current);
  if (type === "Object" && object !== undefined) return valueText(object.target, current);
  if (type === "Resource" && resource !== undefined) return resourceText(resource.name, resource.target, current);
  if (type === "ContainerResource" && containerResource !== undefined)
    return resourceText(containerResource.name, containerResource.target, current);
  if (type !== "Pods" || pods === undefined) return "<unknown type>";
  const now = current === undefined ? UNKNOWN : (current.averageValue ?? "<nil>");
  return `${now}/${pods.target.averageValue ?? "<nil>"}`;
}

/** The first two metrics, each as it is and as it should be: `cpu: 3%/80%, 5/10 (avg)`; upstream's `formatHPAMetrics`. */
export function targetsCell({ spec, status }: Pick<HorizontalPodAutoscaler, "spec" | "status">): string {
  const metrics = spec.metrics ?? [];
  if (metrics.length === 0) return "<none>";
  const texts = metrics
    .slice(0, SHOWN)
    .map((metric, index) => metricText(metric, (status.currentMetrics ?? [])[index]));
  const more = metrics.length > SHOWN ? ` + ${metrics.length - SHOWN} more...` : "";
  return `${texts.join(", ")}${more}`;
}
