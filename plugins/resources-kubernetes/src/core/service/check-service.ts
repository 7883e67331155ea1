import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkEndpointIp, checkLegacyIp } from "../../checks/check-ip.js";
import { checkLabels } from "../../checks/check-labels.js";
import type { ServiceSpec } from "../../types/core-v1.js";
import { checkClusterIps } from "./check-cluster-ips.js";
import { checkAllocateNodePorts, checkLoadBalancerClass, checkSourceRanges } from "./check-load-balancer.js";
import { checkServicePorts, checkUniquePorts } from "./check-service-ports.js";
import { checkExternalTraffic, checkInternalTraffic, checkTrafficDistribution } from "./check-traffic.js";
import type { CheckedService } from "./checked-service.js";
import { isHeadless } from "./service-traits.js";

const TOPOLOGY_MODE = "service.kubernetes.io/topology-mode";
const TOPOLOGY_HINTS = "service.kubernetes.io/topology-aware-hints";
const TYPES: readonly string[] = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
const AFFINITIES: readonly string[] = ["ClientIP", "None"];
const MAX_AFFINITY_SECONDS = 86_400;

function checkExternalName(spec: ServiceSpec, errors: FieldErrors): void {
  const forbid = (field: string) => errors.forbidden(`spec.${field}`, "may not be set for ExternalName services");
  if ((spec.clusterIPs ?? []).length > 0) forbid("clusterIPs");
  if ((spec.ipFamilies ?? []).length > 0) forbid("ipFamilies");
  if (spec.ipFamilyPolicy !== undefined) forbid("ipFamilyPolicy");
  const { externalName = "" } = spec;
  const name = externalName.endsWith(".") ? externalName.slice(0, -1) : externalName;
  if (name === "") errors.required("spec.externalName");
  else for (const problem of dns1123SubdomainErrors(name)) errors.invalid("spec.externalName", name, problem);
}

function checkType(spec: ServiceSpec, errors: FieldErrors): void {
  const { type = "" } = spec;
  if ((spec.ports ?? []).length === 0 && !isHeadless(spec) && type !== "ExternalName") errors.required("spec.ports");
  if (type === "ExternalName") checkExternalName(spec, errors);
  else if ((type === "LoadBalancer" || type === "NodePort") && isHeadless(spec))
    errors.invalid("spec.clusterIPs[0]", "None", `may not be set to 'None' for ${type} services`);
}

function checkAffinity({ sessionAffinity = "", sessionAffinityConfig }: ServiceSpec, errors: FieldErrors): void {
  if (sessionAffinity === "") errors.required("spec.sessionAffinity");
  else if (!AFFINITIES.includes(sessionAffinity))
    errors.notSupported("spec.sessionAffinity", sessionAffinity, AFFINITIES);
  const path = "spec.sessionAffinityConfig";
  if (sessionAffinity === "None" && sessionAffinityConfig !== undefined)
    errors.forbidden(path, "must not be set when session affinity is None");
  if (sessionAffinity !== "ClientIP") return;
  const why = "when session affinity type is ClientIP";
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (sessionAffinityConfig === undefined) errors.required(path, why);
  else if (sessionAffinityConfig.clientIP === undefined) errors.required(`${path}.clientIP`, why);
  else if (seconds === undefined) errors.required(`${path}.clientIP.timeoutSeconds`, why);
  else if (seconds <= 0 || seconds > MAX_AFFINITY_SECONDS)
    errors.invalid(
      `${path}.clientIP.timeoutSeconds`,
      seconds,
      `must be greater than 0 and less than ${MAX_AFFINITY_SECONDS}`,
    );
}

function checkExternalIps(spec: ServiceSpec, old: ServiceSpec | undefined, errors: FieldErrors): void {
  for (const [index, ip] of (spec.externalIPs ?? []).entries()) {
    const path = `spec.externalIPs[${index}]`;
    if (checkLegacyIp(ip, path, errors, old?.externalIPs)) checkEndpointIp(ip, path, errors);
  }
}

/** All rules of a Service; with `old` on an update of it. Upstream's `validateService`, in its order. */
export function checkService(service: CheckedService, old: CheckedService | undefined, errors: FieldErrors): void {
  const { metadata, spec } = service;
  const annotations = metadata.annotations ?? {};
  const [mode, hints] = [annotations[TOPOLOGY_MODE], annotations[TOPOLOGY_HINTS]];
  if (mode !== undefined && hints !== undefined && mode !== hints)
    errors.invalid(
      `metadata.annotations[${TOPOLOGY_MODE}]`,
      mode,
      `must match annotations[${TOPOLOGY_HINTS}] when both are specified`,
    );
  checkType(spec, errors);
  checkServicePorts(spec.ports, errors);
  checkLabels(spec.selector, "spec.selector", errors);
  checkAffinity(spec, errors);
  checkClusterIps(spec, old?.spec, errors);
  checkExternalIps(spec, old?.spec, errors);
  const { type = "" } = spec;
  if (type === "") errors.required("spec.type");
  else if (!TYPES.includes(type)) errors.notSupported("spec.type", type, TYPES);
  checkUniquePorts(spec, errors);
  checkSourceRanges(service, old, errors);
  checkAllocateNodePorts(spec, errors);
  checkLoadBalancerClass(spec, undefined, errors);
  checkExternalTraffic(spec, errors);
  checkInternalTraffic(spec, errors);
  checkTrafficDistribution(spec, errors);
}
