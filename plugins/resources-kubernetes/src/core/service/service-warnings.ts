import type { ObjectMeta } from "@quarterdeck/meta";
import { cidrWarnings, ipWarning } from "../../checks/check-ip.js";
import type { LoadBalancerStatus, ServiceSpec } from "../../types/core-v1.js";

const HINTS = "service.kubernetes.io/topology-aware-hints";
const MODE = "service.kubernetes.io/topology-mode";

function texts(...found: (string | false | undefined)[]): string[] {
  return found.filter((text) => typeof text === "string");
}

function headlessWarnings({ loadBalancerIP = "", externalIPs, sessionAffinity }: ServiceSpec): string[] {
  return texts(
    loadBalancerIP !== "" && "spec.loadBalancerIP is ignored for headless services",
    (externalIPs ?? []).length > 0 && "spec.externalIPs is ignored for headless services",
    sessionAffinity !== "None" && "spec.SessionAffinity is ignored for headless services",
  );
}

/** What to say of a Service that is let pass; upstream's `GetWarningsForService`, in its order. */
export function serviceWarnings({ annotations }: ObjectMeta, spec: ServiceSpec): string[] {
  const { type, clusterIP = "", externalIPs = [], loadBalancerIP = "", loadBalancerSourceRanges = [] } = spec;
  const headless = type === "ClusterIP" && clusterIP === "None";
  const named = type === "ExternalName";
  const ips = clusterIP !== "" && clusterIP !== "None" ? (spec.clusterIPs ?? []) : [];
  return texts(
    annotations?.[HINTS] !== undefined && `annotation ${HINTS} is deprecated, please use ${MODE} instead`,
    ...ips.map((ip, index) => ipWarning(ip, `spec.clusterIPs[${index}]`)),
    ...(headless ? headlessWarnings(spec) : []),
    ...externalIPs.map((ip, index) => ipWarning(ip, `spec.externalIPs[${index}]`)),
    externalIPs.length > 0 &&
      !headless &&
      !named &&
      "spec.externalIPs is deprecated and may no longer be implemented in some clusters",
    loadBalancerIP !== "" && ipWarning(loadBalancerIP, "spec.loadBalancerIP"),
    ...loadBalancerSourceRanges.flatMap((range, index) =>
      cidrWarnings(range, `spec.loadBalancerSourceRanges[${index}]`),
    ),
    named && externalIPs.length > 0 && 'spec.externalIPs is ignored when spec.type is "ExternalName"',
    !named && (spec.externalName ?? "") !== "" && 'spec.externalName is ignored when spec.type is not "ExternalName"',
    spec.trafficDistribution === "PreferClose" &&
      'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"',
  );
}

/** What to say of the addresses of a load balancer; upstream's path has no `ip`. */
export function loadBalancerWarnings({ ingress }: LoadBalancerStatus): string[] {
  return texts(
    ...(ingress ?? []).map(({ ip = "" }, index) => ip !== "" && ipWarning(ip, `status.loadBalancer.ingress[${index}]`)),
  );
}
