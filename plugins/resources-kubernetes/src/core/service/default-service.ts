import type { ServiceSpec, ServiceStatus } from "../../types/core-v1.js";
import { isExternallyAccessible } from "./service-traits.js";

const AFFINITY_SECONDS = 10_800;

function defaultAffinity(spec: ServiceSpec): void {
  spec.sessionAffinity ||= "None";
  if (spec.sessionAffinity === "None") delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity === "ClientIP" && spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined)
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: AFFINITY_SECONDS } };
}

/** Gives a Service the defaults of upstream's `SetDefaults_Service`. */
export function defaultService(spec: ServiceSpec, status: ServiceStatus | undefined): void {
  defaultAffinity(spec);
  spec.type ||= "ClusterIP";
  for (const port of spec.ports ?? []) {
    port.protocol ||= "TCP";
    if (port.targetPort === 0 || port.targetPort === "") port.targetPort = port.port;
  }
  if (isExternallyAccessible(spec)) spec.externalTrafficPolicy ||= "Cluster";
  if (spec.type === "NodePort" || spec.type === "LoadBalancer" || spec.type === "ClusterIP")
    spec.internalTrafficPolicy ??= "Cluster";
  if (spec.type !== "LoadBalancer") return;
  spec.allocateLoadBalancerNodePorts ??= true;
  for (const point of status?.loadBalancer?.ingress ?? []) if ((point.ip ?? "") !== "") point.ipMode ??= "VIP";
}
