import { type KubeObject, Quantity } from "@quarterdeck/meta";
import { claimUsage, isClaimInScope } from "./usage/claim-usage.js";
import { isPodInScope } from "./usage/pod-scope.js";
import { podUsage } from "./usage/pod-usage.js";
import type { Scope } from "./usage/scope.js";
import { serviceUsage } from "./usage/service-usage.js";
import { addUsage, type Usage } from "./usage/usage.js";

/** How the objects of a resource are measured that count for more than one each. */
interface Evaluator {
  usage(object: KubeObject, now: number): Usage;
  isInScope(object: KubeObject, scope: Scope): boolean;
}

const EVALUATORS: ReadonlyMap<string, Evaluator> = new Map<string, Evaluator>([
  ["pods", { usage: podUsage, isInScope: isPodInScope }],
  ["services", { usage: serviceUsage, isInScope: () => false }],
  ["persistentvolumeclaims", { usage: claimUsage, isInScope: isClaimInScope }],
]);

/** True for resources of which an update may change the usage, not only a creation or a deletion. */
export function isMeasured(key: string): boolean {
  return EVALUATORS.has(key);
}

/**
 * How much there is of these names among the objects of one resource, `key` being `resource.group`. Most are only counted;
 * these are in no scope.
 */
export function measure(
  key: string,
  names: readonly string[],
  objects: readonly KubeObject[],
  scopes: readonly Scope[],
  now: number,
): Usage {
  const evaluator = EVALUATORS.get(key);
  const zero = Quantity.of(0);
  if (evaluator === undefined) {
    const count = scopes.length > 0 ? zero : Quantity.of(objects.length);
    return new Map(names.map((name) => [name, count]));
  }
  const total: Usage = new Map(names.map((name) => [name, zero]));
  for (const object of objects) {
    if (!scopes.every((scope) => evaluator.isInScope(object, scope))) continue;
    addUsage(total, evaluator.usage(object, now));
  }
  return new Map(names.map((name) => [name, total.get(name) ?? zero]));
}
