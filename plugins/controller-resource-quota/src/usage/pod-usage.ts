import type { KubeObject } from "@quarterdeck/meta";
import { objectAt } from "./json.js";
import { podResources } from "./pod-resources.js";
import { addUsage, oneOf, type Usage } from "./usage.js";

const COMPUTE = ["cpu", "memory", "ephemeral-storage"];

/** A resource that is nobody's of Kubernetes, such as `example.com/gpu`. */
function isExtended(name: string): boolean {
  return name.includes("/") && !name.includes("kubernetes.io/") && !name.startsWith("requests.");
}

/** Pods that have ended, or should have by now, take nothing any more but their place in the store. */
function hasEnded({ metadata, status }: KubeObject, now: number): boolean {
  const { phase } = objectAt(status);
  if (phase === "Failed" || phase === "Succeeded") return true;
  const { deletionTimestamp, deletionGracePeriodSeconds } = metadata;
  if (deletionTimestamp === undefined || deletionGracePeriodSeconds === undefined) return false;
  return now > Date.parse(deletionTimestamp) + deletionGracePeriodSeconds * 1000;
}

/** What one pod counts for in a quota; upstream's pod evaluator. */
export function podUsage(pod: KubeObject, now: number): Usage {
  const usage = oneOf("count/pods");
  if (hasEnded(pod, now)) return usage;
  addUsage(usage, oneOf("pods"));
  for (const [name, quantity] of podResources(pod, "requests")) {
    const plain = COMPUTE.includes(name) || name.startsWith("hugepages-");
    if (plain) usage.set(name, quantity);
    if (plain || isExtended(name)) usage.set(`requests.${name}`, quantity);
  }
  for (const [name, quantity] of podResources(pod, "limits"))
    if (COMPUTE.includes(name)) usage.set(`limits.${name}`, quantity);
  return usage;
}
