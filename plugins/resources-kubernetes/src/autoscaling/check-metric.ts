import { dns1123LabelErrors, type FieldErrors, pathSegmentNameErrors, Quantity } from "@quarterdeck/meta";
import { checkContainerResourceName } from "../checks/check-resource-name.js";
import type {
  ContainerResourceMetricSource,
  ExternalMetricSource,
  MetricIdentifier,
  MetricSpec,
  MetricTarget,
  ObjectMetricSource,
  PodsMetricSource,
  ResourceMetricSource,
} from "../types/autoscaling-v2.js";
import { checkTargetReference, type VersionRule } from "./check-target-reference.js";

const TYPES: readonly string[] = ["ContainerResource", "External", "Object", "Pods", "Resource"];
const TARGET_TYPES: readonly string[] = ["Utilization", "Value", "AverageValue"];
const NOTHING = Quantity.of(0);
const BOTH = "may not set both a target raw value and a target utilization";
const NEITHER = "must set either a target raw value or a target utilization";

/** The fields of sources by the type that they belong to, in the order in which they are checked. */
const SOURCES = [
  ["object", "Object"],
  ["external", "External"],
  ["pods", "Pods"],
  ["resource", "Resource"],
  ["containerResource", "ContainerResource"],
] as const;

function checkAmount(amount: string | undefined, path: string, errors: FieldErrors): void {
  if (amount !== undefined && Quantity.parse(amount).compare(NOTHING) <= 0)
    errors.invalid(path, amount, "must be positive");
}

function checkTarget(target: MetricTarget, path: string, errors: FieldErrors): void {
  const { type, value, averageValue, averageUtilization } = target;
  if (type === "") errors.required(`${path}.type`, "must specify a metric target type");
  if (!TARGET_TYPES.includes(type))
    errors.invalid(`${path}.type`, type, "must be either Utilization, Value, or AverageValue");
  checkAmount(value, `${path}.value`, errors);
  checkAmount(averageValue, `${path}.averageValue`, errors);
  if (averageUtilization !== undefined && averageUtilization < 1)
    errors.invalid(`${path}.averageUtilization`, averageUtilization, "must be greater than 0");
}

function checkIdentifier({ name }: MetricIdentifier, path: string, errors: FieldErrors): void {
  if (name === "") errors.required(`${path}.name`, "must specify a metric name");
  else errors.invalidEach(`${path}.name`, name, pathSegmentNameErrors(name));
}

function checkObject(source: ObjectMetricSource, path: string, rule: VersionRule, errors: FieldErrors): void {
  checkTargetReference(source.describedObject, `${path}.describedObject`, rule, errors);
  checkIdentifier(source.metric, `${path}.metric`, errors);
  checkTarget(source.target, `${path}.target`, errors);
  if (source.target.value === undefined && source.target.averageValue === undefined)
    errors.required(`${path}.target.averageValue`, "must set either a target value or averageValue");
}

function checkExternal({ metric, target }: ExternalMetricSource, path: string, errors: FieldErrors): void {
  checkIdentifier(metric, `${path}.metric`, errors);
  checkTarget(target, `${path}.target`, errors);
  if (target.value === undefined && target.averageValue === undefined)
    errors.required(`${path}.target.averageValue`, "must set either a target value for metric or a per-pod target");
  if (target.value !== undefined && target.averageValue !== undefined)
    errors.forbidden(`${path}.target.value`, "may not set both a target value for metric and a per-pod target");
}

function checkPods({ metric, target }: PodsMetricSource, path: string, errors: FieldErrors): void {
  checkIdentifier(metric, `${path}.metric`, errors);
  checkTarget(target, `${path}.target`, errors);
  if (target.averageValue === undefined)
    errors.required(`${path}.target.averageValue`, "must specify a positive target averageValue");
}

function checkResourceTarget(target: MetricTarget, path: string, errors: FieldErrors): void {
  checkTarget(target, path, errors);
  if (target.averageUtilization === undefined && target.averageValue === undefined)
    errors.required(`${path}.averageUtilization`, NEITHER);
  if (target.averageUtilization !== undefined && target.averageValue !== undefined)
    errors.forbidden(`${path}.averageValue`, BOTH);
}

function checkResource({ name, target }: ResourceMetricSource, path: string, errors: FieldErrors): void {
  if (name === "") errors.required(`${path}.name`, "must specify a resource name");
  checkResourceTarget(target, `${path}.target`, errors);
}

function checkContainer(source: ContainerResourceMetricSource, path: string, errors: FieldErrors): void {
  const { name, container, target } = source;
  if (name === "") errors.required(`${path}.name`, "must specify a resource name");
  else checkContainerResourceName(name, `${path}.name`, errors);
  if (container === "") errors.required(`${path}.container`, "must specify a container");
  else errors.invalidEach(`${path}.container`, container, dns1123LabelErrors(container));
  checkResourceTarget(target, `${path}.target`, errors);
}

/** Only the first of the sources is looked into: the others are refused. */
function checkSource(metric: MetricSpec, path: string, rule: VersionRule, errors: FieldErrors): void {
  const { object, external, pods, resource, containerResource } = metric;
  if (object !== undefined) checkObject(object, `${path}.object`, rule, errors);
  else if (external !== undefined) checkExternal(external, `${path}.external`, errors);
  else if (pods !== undefined) checkPods(pods, `${path}.pods`, errors);
  else if (resource !== undefined) checkResource(resource, `${path}.resource`, errors);
  else if (containerResource !== undefined) checkContainer(containerResource, `${path}.containerResource`, errors);
}

/** One metric, with the source of its type and no other; upstream's `validateMetricSpec`. */
export function checkMetric(metric: MetricSpec, path: string, rule: VersionRule, errors: FieldErrors): void {
  const { type } = metric;
  if (type === "") errors.required(`${path}.type`, "must specify a metric source type");
  if (!TYPES.includes(type)) errors.notSupported(`${path}.type`, type, TYPES);
  checkSource(metric, path, rule, errors);
  const expected = SOURCES.find(([, name]) => name === type)?.[0];
  if (expected !== undefined && metric[expected] === undefined)
    errors.required(`${path}.${expected}`, "must populate information for the given metric source");
  const present = SOURCES.map(([field]) => field).filter((field) => metric[field] !== undefined);
  if (present.length === 1) return;
  for (const field of present)
    if (field !== expected) errors.forbidden(`${path}.${field}`, "must populate the given metric source only");
}
