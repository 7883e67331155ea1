import type { ServiceSpec, ServiceStatus } from "../../types/core-v1.js";
import { TRAFFIC_POLICIES } from "./check-traffic.js";
import {
  hasNodePorts,
  isExternallyAccessible,
  needsClusterIp,
  needsHealthCheckPort,
  nodePortsOf,
  sameTexts,
} from "./service-traits.js";

function dropAddresses(spec: ServiceSpec, old: ServiceSpec): void {
  if (!needsClusterIp(old) || needsClusterIp(spec)) return;
  if ((spec.clusterIP ?? "") === (old.clusterIP ?? "") && sameTexts(spec.clusterIPs, old.clusterIPs)) {
    delete spec.clusterIP;
    delete spec.clusterIPs;
  }
  if (sameTexts(spec.ipFamilies, old.ipFamilies)) delete spec.ipFamilies;
  if (spec.ipFamilyPolicy === old.ipFamilyPolicy) delete spec.ipFamilyPolicy;
}

function dropPorts(spec: ServiceSpec, old: ServiceSpec): void {
  const known = new Set(nodePortsOf(old));
  if (hasNodePorts(old) && !hasNodePorts(spec) && nodePortsOf(spec).every((port) => known.has(port)))
    for (const port of spec.ports ?? []) delete port.nodePort;
  if (needsHealthCheckPort(old) && !needsHealthCheckPort(spec) && spec.healthCheckNodePort === old.healthCheckNodePort)
    delete spec.healthCheckNodePort;
}

/**
 * Takes the policy for traffic within the cluster from services that are only names, as upstream does when they are read; one that
 * nobody knows is left for the validation to refuse.
 */
export function dropInternalPolicy(spec: ServiceSpec): void {
  if (!needsClusterIp(spec) && TRAFFIC_POLICIES.includes(spec.internalTrafficPolicy ?? ""))
    delete spec.internalTrafficPolicy;
}

/**
 * Takes away what the new type of a service has no use for, as far as the client has left it as it was: what it changed
 * besides is for the validation to refuse. Upstream's `dropTypeDependentFields`.
 */
export function dropTypeFields(spec: ServiceSpec, old: ServiceSpec, status: ServiceStatus): void {
  dropAddresses(spec, old);
  dropPorts(spec, old);
  const balanced = spec.type === "LoadBalancer";
  if (old.type === "LoadBalancer" && !balanced) {
    if (spec.allocateLoadBalancerNodePorts === old.allocateLoadBalancerNodePorts)
      delete spec.allocateLoadBalancerNodePorts;
    if (spec.loadBalancerClass === old.loadBalancerClass) delete spec.loadBalancerClass;
  }
  if (
    isExternallyAccessible(old) &&
    !isExternallyAccessible(spec) &&
    spec.externalTrafficPolicy === old.externalTrafficPolicy
  )
    delete spec.externalTrafficPolicy;
  if (!balanced) status.loadBalancer = {};
}
