import { type FieldErrors, IpAddress } from "@quarterdeck/meta";
import { checkLegacyIp } from "../../checks/check-ip.js";
import type { ServiceSpec } from "../../types/core-v1.js";
import { isHeadless } from "./service-traits.js";

const IPS = "spec.clusterIPs";
const FAMILIES = "spec.ipFamilies";
const SUPPORTED_FAMILIES: readonly string[] = ["IPv4", "IPv6"];
const POLICIES: readonly string[] = ["PreferDualStack", "RequireDualStack", "SingleStack"];

function checkFirst({ clusterIP = "", clusterIPs = [] }: ServiceSpec, errors: FieldErrors): void {
  if (clusterIP === "") {
    if (clusterIPs.length > 0) errors.invalid(IPS, clusterIPs, "must be empty when `clusterIP` is not specified");
  } else if (clusterIPs.length === 0) errors.required(IPS);
  else if (clusterIPs[0] !== clusterIP) errors.invalid(IPS, clusterIPs, "first value must match `clusterIP`");
}

function checkFamilies({ ipFamilies, ipFamilyPolicy }: ServiceSpec, errors: FieldErrors): void {
  const seen = new Set<string>();
  for (const [index, family] of (ipFamilies ?? []).entries()) {
    const path = `${FAMILIES}[${index}]`;
    if (!SUPPORTED_FAMILIES.includes(family)) errors.notSupported(path, family, SUPPORTED_FAMILIES);
    if (seen.has(family)) errors.duplicate(path, family);
    seen.add(family);
  }
  if (ipFamilyPolicy !== undefined && !POLICIES.includes(ipFamilyPolicy))
    errors.notSupported("spec.ipFamilyPolicy", ipFamilyPolicy, POLICIES);
}

/** False when an address is none, which would make the rules on all of them tell nonsense. */
function checkEach(clusterIPs: readonly string[], known: readonly string[], errors: FieldErrors): boolean {
  let sound = true;
  for (const [index, ip] of clusterIPs.entries()) {
    if (index === 0 && ip === "None") {
      if (clusterIPs.length === 1) continue;
      errors.invalid(IPS, clusterIPs, "'None' must be the first and only value");
      sound = false;
    } else if (!checkLegacyIp(ip, `${IPS}[${index}]`, errors, known)) sound = false;
  }
  if (clusterIPs.length > 2) errors.invalid(IPS, clusterIPs, "may only hold up to 2 values");
  return sound;
}

function checkMatch(spec: ServiceSpec, errors: FieldErrors): void {
  const { clusterIPs = [], ipFamilies = [] } = spec;
  if (isHeadless(spec)) return;
  for (const [index, ip] of clusterIPs.entries()) {
    const wanted = ipFamilies[index];
    const family = IpAddress.parse(ip)?.family ?? "IPv4";
    if ((wanted === "IPv4" || wanted === "IPv6") && wanted !== family)
      errors.invalid(`${IPS}[${index}]`, ip, `expected an ${wanted} value as indicated by \`ipFamilies[${index}]\``);
  }
}

/**
 * How cluster IPs, their families and the policy go together, of all types that have them; upstream's
 * `ValidateServiceClusterIPsRelatedFields`. `old` is the stored spec, whose addresses stay allowed.
 */
export function checkClusterIps(spec: ServiceSpec, old: ServiceSpec | undefined, errors: FieldErrors): void {
  if (spec.type === "ExternalName") return;
  checkFirst(spec, errors);
  checkFamilies(spec, errors);
  const { clusterIPs = [] } = spec;
  if (!checkEach(clusterIPs, old?.clusterIPs ?? [], errors)) return;
  const families = clusterIPs.map((ip) => IpAddress.parse(ip)?.family);
  if (clusterIPs.length > 1 && new Set(families).size !== 2)
    errors.invalid(IPS, clusterIPs, "may specify no more than one IP for each IP family");
  checkMatch(spec, errors);
}
