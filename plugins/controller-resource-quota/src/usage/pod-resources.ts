import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { objectAt, objectsAt } from "./json.js";
import { addUsage, raiseUsage, type Usage, usageOf } from "./usage.js";

/** What a pod may say of itself, not only of its containers. */
function isPodLevel(name: string): boolean {
  return name === "cpu" || name === "memory" || name.startsWith("hugepages-");
}

function containerUsage(container: JsonObject, kind: "requests" | "limits"): Usage {
  return usageOf(objectAt(container, "resources", kind));
}

/** The sum of the containers, or what an init container needs before them if that is more. */
function containersUsage(pod: KubeObject, kind: "requests" | "limits"): Usage {
  const running: Usage = new Map();
  for (const container of objectsAt(pod, "spec", "containers")) addUsage(running, containerUsage(container, kind));
  const sidecars: Usage = new Map();
  const starting: Usage = new Map();
  for (const container of objectsAt(pod, "spec", "initContainers")) {
    const own = containerUsage(container, kind);
    if (container.restartPolicy === "Always") {
      addUsage(running, own);
      addUsage(sidecars, own);
      raiseUsage(starting, sidecars);
    } else {
      addUsage(own, sidecars);
      raiseUsage(starting, own);
    }
  }
  raiseUsage(running, starting);
  return running;
}

/**
 * What a pod requests or is limited to: its containers and its overhead, or what it says of itself as a whole; the rules of
 * upstream's component-helpers. What a resize in place has allocated is not looked at.
 */
export function podResources(pod: KubeObject, kind: "requests" | "limits"): Usage {
  const usage = containersUsage(pod, kind);
  for (const [name, quantity] of usageOf(objectAt(pod, "spec", "resources", kind)))
    if (isPodLevel(name)) usage.set(name, quantity);
  for (const [name, quantity] of usageOf(objectAt(pod, "spec", "overhead"))) {
    const before = usage.get(name);
    // What has no limit has none with its overhead either.
    if (before !== undefined) usage.set(name, before.add(quantity));
    else if (kind === "requests") usage.set(name, quantity);
  }
  return usage;
}
