import { FieldErrors, IpAddress, type IpFamily, StatusError } from "@quarterdeck/meta";
import type { ServiceSpec } from "../../../types/core-v1.js";
import { checkClusterIps } from "../check-cluster-ips.js";
import { sameTexts } from "../service-traits.js";

const POLICY = "spec.ipFamilyPolicy";

function other(family: string | undefined): IpFamily {
  return family === "IPv4" ? "IPv6" : "IPv4";
}

/** A reduced list that is not just left out. */
function reduced(now: readonly string[] | undefined, before: readonly string[] | undefined): boolean {
  return (now ?? []).length > 0 && (now ?? []).length < (before ?? []).length;
}

/** An update that leaves a service that prefers two families as it is, whatever families there are now. */
export function keepsPreferred(spec: ServiceSpec, old: ServiceSpec | undefined): boolean {
  const preferred = "PreferDualStack";
  return (
    old !== undefined &&
    spec.type === old.type &&
    ["ClusterIP", "NodePort", "LoadBalancer"].includes(spec.type ?? "") &&
    spec.ipFamilyPolicy === preferred &&
    (old.ipFamilyPolicy ?? preferred) === preferred &&
    sameTexts(spec.clusterIPs, old.clusterIPs) &&
    sameTexts(spec.ipFamilies, old.ipFamilies)
  );
}

function defaultPolicy(spec: ServiceSpec, old: ServiceSpec | undefined): string {
  if (old?.ipFamilyPolicy !== undefined) return old.ipFamilyPolicy;
  return isBare(spec) ? "RequireDualStack" : "SingleStack";
}

/** Headless and without a selector, so that nobody here knows the addresses behind it. */
function isBare({ clusterIP, selector }: ServiceSpec): boolean {
  return clusterIP === "None" && Object.keys(selector ?? {}).length === 0;
}

function releaseSecond(spec: ServiceSpec, old: ServiceSpec, errors: FieldErrors): void {
  if (spec.ipFamilyPolicy === "SingleStack") {
    if (sameTexts(spec.clusterIPs, old.clusterIPs) && spec.clusterIPs) spec.clusterIPs = spec.clusterIPs.slice(0, 1);
    if (sameTexts(spec.ipFamilies, old.ipFamilies) && spec.ipFamilies) spec.ipFamilies = spec.ipFamilies.slice(0, 1);
    return;
  }
  const refuse = (what: string) =>
    errors.invalid(POLICY, spec.ipFamilyPolicy, `must be 'SingleStack' to release the secondary ${what}`);
  if (reduced(spec.clusterIPs, old.clusterIPs)) refuse("cluster IP");
  if (reduced(spec.ipFamilies, old.ipFamilies)) refuse("IP family");
}

function inferFamilies(spec: ServiceSpec, configured: readonly IpFamily[], errors: FieldErrors): void {
  if (spec.ipFamilyPolicy === "SingleStack") {
    const refuse = (what: string) =>
      errors.invalid(
        POLICY,
        spec.ipFamilyPolicy,
        `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`,
      );
    if (spec.clusterIPs?.length === 2) refuse("cluster IPs");
    if (spec.ipFamilies?.length === 2) refuse("IP families");
  }
  for (const [index, ip] of (spec.clusterIPs ?? []).entries()) {
    if (ip === "None") return;
    if (index < (spec.ipFamilies ?? []).length) continue;
    const family = IpAddress.parse(ip)?.family ?? "IPv4";
    if (configured.includes(family)) spec.ipFamilies = [...(spec.ipFamilies ?? []), family];
    else errors.invalid(`spec.clusterIPs[${index}]`, spec.clusterIPs, `${family} is not configured on this cluster`);
  }
}

function checkConfigured(spec: ServiceSpec, configured: readonly IpFamily[], errors: FieldErrors): void {
  if (spec.ipFamilyPolicy === "RequireDualStack" && configured.length < 2)
    errors.invalid(POLICY, spec.ipFamilyPolicy, "this cluster is not configured for dual-stack services");
  for (const [index, family] of (spec.ipFamilies ?? []).entries())
    if (!configured.some((one) => one === family))
      errors.invalid(`spec.ipFamilies[${index}]`, family, "not configured on this cluster");
}

/**
 * Says which families a service is of, from what it says and what the server has, the preferred family first. Throws 422
 * Invalid for what does not go together. Upstream's `initIPFamilyFields`.
 */
export function initFamilies(
  name: string,
  spec: ServiceSpec,
  old: ServiceSpec | undefined,
  configured: readonly IpFamily[],
): void {
  if (spec.type === "ExternalName" || keepsPreferred(spec, old)) return;
  const errors = new FieldErrors();
  const settle = () => {
    if (!errors.empty) throw StatusError.invalid({ group: "", kind: "Service" }, name, errors.list);
  };
  spec.ipFamilyPolicy ??= defaultPolicy(spec, old);
  checkClusterIps(spec, old, errors);
  settle();
  if (old !== undefined) releaseSecond(spec, old, errors);
  inferFamilies(spec, configured, errors);
  settle();
  const bare = isBare(spec);
  if (!bare) checkConfigured(spec, configured, errors);
  settle();
  const families = (spec.ipFamilies ?? []).length > 0 ? (spec.ipFamilies ?? []) : configured.slice(0, 1);
  const both = families.length === 1 && spec.ipFamilyPolicy !== "SingleStack" && (bare || configured.length === 2);
  spec.ipFamilies = both ? [...families, other(families[0])] : [...families];
}
