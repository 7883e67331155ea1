import { Quantity } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";

const ZERO = Quantity.of(0);

function quantityOf(list: core.ResourceList | undefined, resource: string): Quantity {
  const value = list !== undefined && Object.hasOwn(list, resource) ? list[resource] : undefined;
  return value === undefined ? ZERO : Quantity.parse(value);
}

function classOfResource({ requests, limits }: core.ResourceRequirements, resource: string): core.PodQOSClass {
  const request = quantityOf(requests, resource);
  if (request.compare(quantityOf(limits, resource)) !== 0) return "Burstable";
  return request.compare(ZERO) === 0 ? "BestEffort" : "Guaranteed";
}

function classOf(resources: core.ResourceRequirements): core.PodQOSClass {
  const cpu = classOfResource(resources, "cpu");
  return cpu === classOfResource(resources, "memory") ? cpu : "Burstable";
}

function isSupported(resource: string): boolean {
  return resource === "cpu" || resource === "memory" || resource.startsWith("hugepages-");
}

function saysSomething({ requests, limits }: core.ResourceRequirements): boolean {
  return Object.keys({ ...requests, ...limits }).some(isSupported);
}

/**
 * How well a pod's resources are promised to it: `Guaranteed` when it requests all the processor and memory that it may use,
 * `BestEffort` when it requests none, else `Burstable`. What the pod says as a whole counts more than what its containers say.
 */
export function qosClass({ resources, containers, initContainers = [] }: core.PodSpec): core.PodQOSClass {
  if (resources !== undefined && saysSomething(resources)) return classOf(resources);
  const classes = new Set([...initContainers, ...(containers ?? [])].map((one) => classOf(one.resources)));
  if (classes.size > 1) return "Burstable";
  const [only = "BestEffort"] = classes;
  return only;
}
