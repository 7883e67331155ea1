import type { KubeObject } from "@quarterdeck/meta";
import type { BootstrapObject } from "@quarterdeck/sdk";

const SYSTEM_PREFIX = "system-";
const CRITICAL = 2_000_000_000;
const NODE_CRITICAL = CRITICAL + 1000;

interface SystemPriorityClass extends BootstrapObject {
  readonly metadata: KubeObject["metadata"] & { readonly name: string };
  readonly value: number;
}

function systemClass(name: string, value: number, description: string): SystemPriorityClass {
  return { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name }, value, description };
}

/** The priority classes that every server has: they are made at the start when they are missing, and cannot be deleted. */
export const systemPriorityClasses: readonly SystemPriorityClass[] = [
  systemClass(
    "system-node-critical",
    NODE_CRITICAL,
    "Used for system critical pods that must not be moved from their current node.",
  ),
  systemClass(
    "system-cluster-critical",
    CRITICAL,
    "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.",
  ),
];

/** Whether a class of this name can only be one of the system's. */
export function hasSystemPrefix(name: string): boolean {
  return name.startsWith(SYSTEM_PREFIX);
}

/** Whether there is a class of this name from the start. */
export function isSystemPriorityClass(name: string): boolean {
  return systemPriorityClasses.some(({ metadata }) => metadata.name === name);
}

/** What keeps a class from being the system's own of this name; undefined when nothing does. */
export function systemClassProblem(name: string, value: number, globalDefault: boolean): string | undefined {
  const known = systemPriorityClasses.find(({ metadata }) => metadata.name === name);
  if (known === undefined) return `${name} is not a known system priority class`;
  if (known.value !== value) return `value of ${name} PriorityClass must be ${known.value}`;
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined;
}
