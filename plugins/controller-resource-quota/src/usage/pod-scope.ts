import { type JsonObject, type KubeObject, Quantity } from "@quarterdeck/meta";
import { objectAt, objectsAt, quantityOf } from "./json.js";
import { meetsScope, type Scope } from "./scope.js";

function asksForCompute(resources: JsonObject): boolean {
  return (["requests", "limits"] as const).some((kind) =>
    (["cpu", "memory"] as const).some((name) => {
      const quantity = quantityOf(objectAt(resources, kind)[name]);
      return quantity !== undefined && quantity.compare(Quantity.of(0)) > 0;
    }),
  );
}

/** The class that its status says, or the one that its resources make it. */
function isBestEffort(pod: KubeObject): boolean {
  const { qosClass } = objectAt(pod, "status");
  if (typeof qosClass === "string" && qosClass !== "") return qosClass === "BestEffort";
  const own = objectAt(pod, "spec", "resources");
  if (Object.keys(own).length > 0) return !asksForCompute(own);
  const containers = [...objectsAt(pod, "spec", "containers"), ...objectsAt(pod, "spec", "initContainers")];
  return !containers.some((container) => asksForCompute(objectAt(container, "resources")));
}

function isTerminating(pod: KubeObject): boolean {
  const { activeDeadlineSeconds } = objectAt(pod, "spec");
  return typeof activeDeadlineSeconds === "number" && activeDeadlineSeconds >= 0;
}

function leavesNamespace({ namespaces, namespaceSelector }: JsonObject): boolean {
  return (Array.isArray(namespaces) && namespaces.length > 0) || namespaceSelector !== undefined;
}

function hasCrossNamespaceAffinity(pod: KubeObject): boolean {
  return ["podAffinity", "podAntiAffinity"].some((kind) => {
    const path = ["spec", "affinity", kind];
    const required = objectsAt(pod, ...path, "requiredDuringSchedulingIgnoredDuringExecution");
    const preferred = objectsAt(pod, ...path, "preferredDuringSchedulingIgnoredDuringExecution");
    return [...required, ...preferred.map((one) => objectAt(one, "podAffinityTerm"))].some(leavesNamespace);
  });
}

/** Whether a pod is in a scope; upstream's `podMatchesScopeFunc`. */
export function isPodInScope(pod: KubeObject, scope: Scope): boolean {
  switch (scope.name) {
    case "Terminating":
      return isTerminating(pod);
    case "NotTerminating":
      return !isTerminating(pod);
    case "BestEffort":
      return isBestEffort(pod);
    case "NotBestEffort":
      return !isBestEffort(pod);
    case "PriorityClass": {
      const { priorityClassName } = objectAt(pod, "spec");
      return meetsScope(
        scope,
        typeof priorityClassName === "string" && priorityClassName !== "" ? [priorityClassName] : [],
      );
    }
    default:
      return scope.name === "CrossNamespacePodAffinity" && hasCrossNamespaceAffinity(pod);
  }
}
