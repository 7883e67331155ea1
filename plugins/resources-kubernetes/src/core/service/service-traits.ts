import type { ServiceSpec } from "../../types/core-v1.js";

/** Without an address of its own: `clusterIPs: [None]`. */
export function isHeadless({ clusterIPs }: ServiceSpec): boolean {
  return clusterIPs?.length === 1 && clusterIPs[0] === "None";
}

/** True of all types that have cluster IPs, if only `None`. */
export function needsClusterIp({ type }: ServiceSpec): boolean {
  return type !== "ExternalName";
}

/** True of services that are reached from outside of the cluster. */
export function isExternallyAccessible({ type, externalIPs }: ServiceSpec): boolean {
  return type === "LoadBalancer" || type === "NodePort" || (type === "ClusterIP" && (externalIPs ?? []).length > 0);
}

/** True of services whose nodes tell a load balancer whether they have pods of it. */
export function needsHealthCheckPort({ type, externalTrafficPolicy }: ServiceSpec): boolean {
  return type === "LoadBalancer" && externalTrafficPolicy === "Local";
}

/** True of services with ports on the nodes. */
export function hasNodePorts({ type }: ServiceSpec): boolean {
  return type === "NodePort" || type === "LoadBalancer";
}

/** True of services whose ports get one on the nodes when they name none. */
export function allocatesNodePorts({ type, allocateLoadBalancerNodePorts = true }: ServiceSpec): boolean {
  return type === "NodePort" || (type === "LoadBalancer" && allocateLoadBalancerNodePorts);
}

/** The ports that a service has on the nodes, without that of health checks. */
export function nodePortsOf({ ports }: ServiceSpec): number[] {
  return (ports ?? []).map(({ nodePort = 0 }) => nodePort).filter((port) => port !== 0);
}

/** True when two lists have the same texts in the same order; no list is an empty one. */
export function sameTexts(left: readonly string[] | undefined, right: readonly string[] | undefined): boolean {
  const [mine, others] = [left ?? [], right ?? []];
  return mine.length === others.length && mine.every((text, index) => text === others[index]);
}
