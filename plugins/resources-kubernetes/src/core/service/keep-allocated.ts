import type { ServiceSpec } from "../../types/core-v1.js";
import { allocatesNodePorts, needsClusterIp, needsHealthCheckPort, nodePortsOf, sameTexts } from "./service-traits.js";

function keepNodePorts(spec: ServiceSpec, old: ServiceSpec): void {
  const now = new Set(nodePortsOf(spec));
  const used = new Set(nodePortsOf(old).filter((port) => now.has(port)));
  const byName = new Map((old.ports ?? []).map(({ name = "", nodePort = 0 }) => [name, nodePort]));
  for (const port of spec.ports ?? []) {
    if ((port.nodePort ?? 0) !== 0) continue;
    const before = byName.get(port.name ?? "") ?? 0;
    if (before !== 0 && !used.has(before)) port.nodePort = before;
  }
}

/**
 * Gives an update that does not name them the addresses and ports that the service has, so that the manifest that made a
 * service can be sent again; upstream's `patchAllocatedValues`.
 */
export function keepAllocated(spec: ServiceSpec, old: ServiceSpec): void {
  if (needsClusterIp(old) && needsClusterIp(spec)) {
    if ((spec.clusterIP ?? "") === "" && old.clusterIP !== undefined) spec.clusterIP = old.clusterIP;
    if ((spec.clusterIPs ?? []).length === 0 && (old.clusterIPs ?? []).length > 0)
      spec.clusterIPs = [...(old.clusterIPs ?? [])];
  }
  if (allocatesNodePorts(old) && allocatesNodePorts(spec)) keepNodePorts(spec, old);
  if (needsHealthCheckPort(old) && needsHealthCheckPort(spec) && (spec.healthCheckNodePort ?? 0) === 0)
    if (old.healthCheckNodePort !== undefined) spec.healthCheckNodePort = old.healthCheckNodePort;
}

/**
 * Brings the two fields of cluster IPs together for clients that know only `clusterIP`; upstream's `normalizeClusterIPs`.
 * What does not go together is left for the validation.
 */
export function alignClusterIps(spec: ServiceSpec, old: ServiceSpec | undefined): void {
  const { clusterIP = "", clusterIPs = [] } = spec;
  if (old === undefined) {
    if (clusterIP !== "" && clusterIPs.length === 0) spec.clusterIPs = [clusterIP];
    return;
  }
  const before = old.clusterIP ?? "";
  if (clusterIP === before) {
    if (clusterIPs.length === 0 && (old.clusterIPs ?? []).length > 0) spec.clusterIPs = [...(old.clusterIPs ?? [])];
  } else if (sameTexts(clusterIPs, old.clusterIPs)) {
    if (clusterIP === "") delete spec.clusterIPs;
    else spec.clusterIPs = [clusterIP];
  }
}
