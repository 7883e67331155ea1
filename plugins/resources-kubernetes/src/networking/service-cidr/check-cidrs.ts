import { type FieldErrors, IpRange } from "@quarterdeck/meta";
import { checkCidr } from "../../checks/check-ip.js";
import type { ServiceCIDRSpec } from "../../types/networking-v1.js";

const PATH = "spec.cidrs";
const IMMUTABLE = "field is immutable";

/** One or two ranges, of different families; upstream's `validateServiceCIDRSpec`. */
export function checkCidrs(spec: ServiceCIDRSpec, errors: FieldErrors): void {
  const cidrs = spec.cidrs ?? [];
  if (cidrs.length === 0) {
    errors.required(PATH, "at least one CIDR required");
    return;
  }
  if (cidrs.length > 2) {
    // the name that the field has inside upstream, since it prints it so
    errors.invalid(PATH, { CIDRs: cidrs }, "may only hold up to 2 values");
    return;
  }
  for (const [index, cidr] of cidrs.entries()) checkCidr(cidr, `${PATH}[${index}]`, errors);
  const [first, second] = cidrs.map((cidr) => IpRange.parse(cidr));
  if (first !== undefined && first.family === second?.family)
    errors.invalid(
      PATH,
      cidrs,
      "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64",
    );
}

/** Ranges stay as they are, but one may be joined by one of the other family; upstream's `ValidateServiceCIDRUpdate`. */
export function checkCidrsUpdate(spec: ServiceCIDRSpec, old: ServiceCIDRSpec, errors: FieldErrors): void {
  const [now, before] = [spec.cidrs ?? [], old.cidrs ?? []];
  const joined = before.length === 1 && now.length === 2;
  if (now.length !== before.length && !joined) {
    errors.invalid(PATH, spec.cidrs, IMMUTABLE);
    return;
  }
  for (const [index, cidr] of before.entries())
    if (now[index] !== cidr) errors.invalid(`${PATH}[${index}]`, now[index], IMMUTABLE);
  if (joined) checkCidrs(spec, errors);
}
