import { isJsonObject, type JsonObject, type KubeObject } from "@quarterdeck/meta";
import type { NamespaceContent } from "./namespace-content.js";

/** A condition of a namespace as it should be; the time is that of its last change. */
interface WantedCondition {
  readonly type: string;
  readonly status: "True" | "False";
  readonly reason: string;
  readonly message: string;
}

function counted(counts: ReadonlyMap<string, number>, word: string): string {
  return [...counts]
    .map(([name, count]) => `${name} ${word} ${count} resource instances`)
    .sort()
    .join(", ");
}

function condition(
  type: string,
  trouble: { readonly reason: string; readonly message: string } | undefined,
  fine: { readonly reason: string; readonly message: string },
): WantedCondition {
  return { type, status: trouble === undefined ? "False" : "True", ...(trouble ?? fine) };
}

/** Upstream's five, in its order; what is served is known here without asking, so the first two are always fine. */
function wanted({ failures, remaining, finalizers }: NamespaceContent): readonly WantedCondition[] {
  const failed = `Failed to delete all resource types, ${failures.length} remaining: ${[...failures].sort().join(", ")}`;
  const left = `Some resources are remaining: ${counted(remaining, "has")}`;
  const held = `Some content in the namespace has finalizers remaining: ${counted(finalizers, "in")}`;
  return [
    condition("NamespaceDeletionDiscoveryFailure", undefined, {
      reason: "ResourcesDiscovered",
      message: "All resources successfully discovered",
    }),
    condition("NamespaceDeletionGroupVersionParsingFailure", undefined, {
      reason: "ParsedGroupVersions",
      message: "All legacy kube types successfully parsed",
    }),
    condition(
      "NamespaceDeletionContentFailure",
      failures.length === 0 ? undefined : { reason: "ContentDeletionFailed", message: failed },
      { reason: "ContentDeleted", message: "All content successfully deleted, may be waiting on finalization" },
    ),
    condition(
      "NamespaceContentRemaining",
      remaining.size === 0 ? undefined : { reason: "SomeResourcesRemain", message: left },
      { reason: "ContentRemoved", message: "All content successfully removed" },
    ),
    condition(
      "NamespaceFinalizersRemaining",
      finalizers.size === 0 ? undefined : { reason: "SomeFinalizersRemain", message: held },
      { reason: "ContentHasNoFinalizers", message: "All content-preserving finalizers finished" },
    ),
  ];
}

/**
 * The conditions that a namespace should have after a look at its content, in upstream's words; undefined when it has them.
 * Others of its conditions stay. One that goes without trouble at the first look gets none: nobody would see them.
 */
export function namespaceConditions(
  namespace: KubeObject,
  content: NamespaceContent,
  now: string,
): JsonObject[] | undefined {
  const status: unknown = namespace.status;
  const conditions = isJsonObject(status) ? status.conditions : undefined;
  const before = Array.isArray(conditions) ? conditions.filter(isJsonObject) : [];
  const after = wanted(content);
  const known = new Set(after.map(({ type }) => type));
  if (!before.some(({ type }) => known.has(String(type))) && after.every(({ status }) => status === "False"))
    return undefined;
  let changed = false;
  const ours = after.map((one): JsonObject => {
    const old = before.find(({ type }) => type === one.type);
    const same = old?.status === one.status;
    if (same && old.reason === one.reason && old.message === one.message) return old;
    changed = true;
    return { ...one, lastTransitionTime: same ? (old.lastTransitionTime ?? now) : now };
  });
  const others = before.filter(({ type }) => !known.has(String(type)));
  return changed ? [...others, ...ours] : undefined;
}
