/**
 * The groups of Kubernetes by upstream's `GroupPriorityMinimum`, the most important first, those alike by name. Clients
 * take the first group that has a resource of the name they were given, so groups of others come behind these.
 */
const NATIVE_GROUPS: readonly string[] = [
  "",
  "apiregistration.k8s.io",
  "apps",
  "events.k8s.io",
  "authentication.k8s.io",
  "authorization.k8s.io",
  "autoscaling",
  "batch",
  "certificates.k8s.io",
  "networking.k8s.io",
  "policy",
  "rbac.authorization.k8s.io",
  "storage.k8s.io",
  "admissionregistration.k8s.io",
  "apiextensions.k8s.io",
  "scheduling.k8s.io",
  "coordination.k8s.io",
  "node.k8s.io",
  "discovery.k8s.io",
  "resource.k8s.io",
  "flowcontrol.apiserver.k8s.io",
  "internal.apiserver.k8s.io",
  "storagemigration.k8s.io",
];

const RANKS: ReadonlyMap<string, number> = new Map(NATIVE_GROUPS.map((group, rank) => [group, rank]));

/** Orders groups as discovery lists them: those of Kubernetes by importance, then all others by name. */
export function compareGroups(a: string, b: string): number {
  const byRank = (RANKS.get(a) ?? RANKS.size) - (RANKS.get(b) ?? RANKS.size);
  return byRank !== 0 ? byRank : a < b ? -1 : a > b ? 1 : 0;
}
