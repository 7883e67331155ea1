import type { FieldErrors } from "@quarterdeck/meta";
import type { ServiceSpec } from "../../types/core-v1.js";
import { isHeadless } from "./service-traits.js";

const FIXED = "may not change once set";
const POLICY = "spec.ipFamilyPolicy";

/** Addresses are given and given back, but do not change; upstream's `validateUpgradeDowngradeClusterIPs`. */
function checkIps(spec: ServiceSpec, old: ServiceSpec, errors: FieldErrors): void {
  const [ips, before] = [spec.clusterIPs ?? [], old.clusterIPs ?? []];
  if (isHeadless(spec) && isHeadless(old)) return;
  const first = "spec.clusterIPs[0]";
  if (ips.length === before.length) {
    for (const [index, ip] of before.entries())
      if (ip !== ips[index]) errors.invalid(`spec.clusterIPs[${index}]`, ips, FIXED);
    return;
  }
  if (ips.length === 0) errors.invalid(first, spec.clusterIPs, "primary clusterIP can not be unset");
  if (ips.length > 0 && before.length > 0 && ips[0] !== before[0]) errors.invalid(first, ips, FIXED);
  if (ips.length === 1 && before.length > 1 && spec.ipFamilyPolicy !== "SingleStack")
    errors.invalid(POLICY, spec.ipFamilyPolicy, "must be set to 'SingleStack' when releasing the secondary clusterIP");
}

/** The same of their families; upstream's `validateUpgradeDowngradeIPFamilies`, whose values are sometimes the addresses. */
function checkFamilies(spec: ServiceSpec, old: ServiceSpec, errors: FieldErrors): void {
  if (isHeadless(spec) || isHeadless(old)) return;
  const [families, before] = [spec.ipFamilies ?? [], old.ipFamilies ?? []];
  const first = "spec.ipFamilies[0]";
  if (families.length === before.length) {
    for (const [index, family] of before.entries())
      if (family !== families[index]) errors.invalid(first, spec.ipFamilies, FIXED);
    return;
  }
  if (families.length < before.length && (spec.clusterIPs ?? []).length === 0)
    errors.invalid(first, spec.ipFamilies, "primary ipFamily can not be unset");
  if (families.length > 0 && before.length > 0 && families[0] !== before[0])
    errors.invalid(first, spec.clusterIPs, FIXED);
  if (families.length === 1 && before.length > 1 && spec.ipFamilyPolicy !== "SingleStack")
    errors.invalid(POLICY, spec.ipFamilyPolicy, "must be set to 'SingleStack' when releasing the secondary ipFamily");
}

/** What an update may not do to addresses and families, unless the service is or was only a name. */
export function checkClusterIpsUpdate(spec: ServiceSpec, old: ServiceSpec, errors: FieldErrors): void {
  if (spec.type === "ExternalName" || old.type === "ExternalName") return;
  checkIps(spec, old, errors);
  checkFamilies(spec, old, errors);
}
