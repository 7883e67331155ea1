import { type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import { checkHostOnly } from "../../checks/check-host.js";
import { checkLegacyCidr, checkLegacyIp } from "../../checks/check-ip.js";
import type { LoadBalancerIngress, LoadBalancerStatus, ServiceSpec } from "../../types/core-v1.js";
import type { CheckedService } from "./checked-service.js";

const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";
const ONLY = "may only be used when `type` is 'LoadBalancer'";
const IP_MODES: readonly string[] = ["Proxy", "VIP"];

/** From where a load balancer takes requests, by its field or by the older annotation; spaces around are let pass. */
export function checkSourceRanges(service: CheckedService, old: CheckedService | undefined, errors: FieldErrors): void {
  const { metadata, spec } = service;
  const ranges = spec.loadBalancerSourceRanges ?? [];
  if (ranges.length > 0) {
    // upstream's path begins with a capital
    const path = "spec.LoadBalancerSourceRanges";
    if (spec.type !== "LoadBalancer") errors.forbidden(path, ONLY);
    const known = (old?.spec.loadBalancerSourceRanges ?? []).map((range) => range.trim());
    for (const [index, range] of ranges.entries()) checkLegacyCidr(range.trim(), `${path}[${index}]`, errors, known);
    return;
  }
  const annotated = metadata.annotations?.[SOURCE_RANGES];
  if (annotated === undefined) return;
  const path = `metadata.annotations[${SOURCE_RANGES}]`;
  if (spec.type !== "LoadBalancer") errors.forbidden(path, ONLY);
  if (annotated.trim() === "" || old?.metadata.annotations?.[SOURCE_RANGES] === annotated) return;
  for (const range of annotated.split(",")) checkLegacyCidr(range.trim(), path, errors);
}

/** Whether ports on the nodes are given is said of load balancers, and of them only. */
export function checkAllocateNodePorts(
  { type, allocateLoadBalancerNodePorts }: ServiceSpec,
  errors: FieldErrors,
): void {
  if (allocateLoadBalancerNodePorts !== undefined && type !== "LoadBalancer")
    errors.forbidden("spec.allocateLoadBalancerNodePorts", ONLY);
  // upstream's path of what is missing has no `spec`
  if (allocateLoadBalancerNodePorts === undefined && type === "LoadBalancer")
    errors.required("allocateLoadBalancerNodePorts");
}

/** The class of a load balancer, which stays as long as it is one; upstream's `validateLoadBalancerClassField`. */
export function checkLoadBalancerClass(spec: ServiceSpec, old: ServiceSpec | undefined, errors: FieldErrors): void {
  const path = "spec.loadBalancerClass";
  const { type, loadBalancerClass } = spec;
  if (old?.type === "LoadBalancer" && type === "LoadBalancer" && old.loadBalancerClass !== loadBalancerClass)
    errors.invalid(path, loadBalancerClass, "may not change once set");
  if (loadBalancerClass === undefined) return;
  if (type !== "LoadBalancer") errors.forbidden(path, ONLY);
  else for (const problem of qualifiedNameErrors(loadBalancerClass)) errors.invalid(path, loadBalancerClass, problem);
}

function checkMode({ ip = "", ipMode }: LoadBalancerIngress, path: string, errors: FieldErrors): void {
  if (ipMode === undefined) {
    if (ip !== "") errors.required(path, "must be specified when `ip` is set");
  } else if (ip === "") errors.forbidden(path, "may not be specified when `ip` is not set");
  else if (!IP_MODES.includes(ipMode)) errors.notSupported(path, ipMode, IP_MODES);
}

/** Where a load balancer answers; upstream's `ValidateLoadBalancerStatus`. */
export function checkLoadBalancerStatus(
  { ingress }: LoadBalancerStatus,
  old: LoadBalancerStatus,
  type: string | undefined,
  errors: FieldErrors,
): void {
  const list = "status.loadBalancer.ingress";
  if (type !== "LoadBalancer" && (ingress ?? []).length > 0) {
    errors.forbidden(list, "may only be used when `spec.type` is 'LoadBalancer'");
    return;
  }
  const known = (old.ingress ?? []).map(({ ip = "" }) => ip);
  for (const [index, point] of (ingress ?? []).entries()) {
    const path = `${list}[${index}]`;
    const { ip = "", hostname = "" } = point;
    if (ip !== "") checkLegacyIp(ip, `${path}.ip`, errors, known);
    checkMode(point, `${path}.ipMode`, errors);
    if (hostname !== "") checkHostOnly(hostname, `${path}.hostname`, errors);
  }
}
