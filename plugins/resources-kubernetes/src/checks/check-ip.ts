import { type FieldErrors, IpAddress, IpRange } from "@quarterdeck/meta";

const NO_ADDRESS = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
const NO_RANGE = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

function strictProblem(address: IpAddress): string | undefined {
  if (address.written === "zeros") return "must not have leading 0s";
  return address.written === "mapped" ? "must not be an IPv4-mapped IPv6 address" : undefined;
}

/**
 * The address of a field that is older than strict rules: need not be in canonical form. `known` are values of the stored
 * object, which stay allowed. True when it passes. Upstream's `IsValidIPForLegacyField`.
 */
export function checkLegacyIp(
  value: string,
  path: string,
  errors: FieldErrors,
  known: readonly string[] = [],
): boolean {
  if (known.includes(value)) return true;
  const address = IpAddress.parse(value);
  const problem = address === undefined ? NO_ADDRESS : strictProblem(address);
  if (problem !== undefined) errors.invalid(path, value, problem);
  return problem === undefined;
}

/** An address in canonical form; upstream's `IsValidIP`. */
export function checkIp(value: string, path: string, errors: FieldErrors): void {
  if (!checkLegacyIp(value, path, errors)) return;
  const canonical = String(IpAddress.parse(value));
  if (canonical !== value) errors.invalid(path, value, `must be in canonical form ("${canonical}")`);
}

function rangeProblem(value: string): string | undefined {
  const range = IpRange.parse(value);
  if (range === undefined) return NO_RANGE;
  if (range.zeros) return "must not have leading 0s in IP or prefix length";
  if (range.mapped) return "must not have an IPv4-mapped IPv6 address";
  return range.address.value === range.base ? undefined : "must not have bits set beyond the prefix length";
}

/** A CIDR of a field that is older than strict rules; see `checkLegacyIp`. Upstream's `IsValidCIDRForLegacyField`. */
export function checkLegacyCidr(
  value: string,
  path: string,
  errors: FieldErrors,
  known: readonly string[] = [],
): boolean {
  const problem = known.includes(value) ? undefined : rangeProblem(value);
  if (problem !== undefined) errors.invalid(path, value, problem);
  return problem === undefined;
}

/** A CIDR in canonical form; upstream's `IsValidCIDR`. */
export function checkCidr(value: string, path: string, errors: FieldErrors): void {
  if (!checkLegacyCidr(value, path, errors)) return;
  const canonical = String(IpRange.parse(value));
  if (canonical !== value) errors.invalid(path, value, `must be in canonical form ("${canonical}")`);
}

/** An address with the prefix of its network; upstream's `IsValidInterfaceAddress`. */
export function checkInterfaceAddress(value: string, path: string, errors: FieldErrors): void {
  const [text = "", prefix = ""] = value.split("/");
  const address = IpAddress.parse(text);
  if (address === undefined || IpRange.parse(value) === undefined) {
    errors.invalid(path, value, "must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)");
    return;
  }
  const canonical = `${address}/${Number(prefix)}`;
  if (canonical !== value) errors.invalid(path, value, `must be in canonical form ("${canonical}")`);
}

function within(address: IpAddress, ...ranges: readonly string[]): boolean {
  return ranges.some((text) => IpRange.parse(text)?.has(address));
}

/** Refuses addresses that no endpoint can have: unspecified, loopback and link-local ones. Upstream's `ValidateEndpointIP`. */
export function checkEndpointIp(value: string, path: string, errors: FieldErrors): void {
  const address = IpAddress.parse(value);
  if (address === undefined) {
    errors.invalid(path, value, "must be a valid IP address");
    return;
  }
  if (address.value === 0n) errors.invalid(path, value, `may not be unspecified (${value})`);
  if (within(address, "127.0.0.0/8", "::1/128"))
    errors.invalid(path, value, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
  if (within(address, "169.254.0.0/16", "fe80::/10"))
    errors.invalid(path, value, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
  // the address of upstream's message is not quite the range that it looks for
  const multicast =
    within(address, "224.0.0.0/24") || (address.family === "IPv6" && isLinkLocalMulticast(address.value));
  if (multicast) errors.invalid(path, value, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
}

function isLinkLocalMulticast(value: bigint): boolean {
  return ((value >> 112n) & 0xff0fn) === 0xff02n;
}

/** What to say of an address that passes but should be written otherwise; upstream's `GetWarningsForIP`. */
export function ipWarning(value: string, path: string): string | undefined {
  const address = IpAddress.parse(value);
  if (address === undefined) return undefined;
  if (address.written !== "plain") return `${path}: non-standard IP address "${value}" is invalid: use "${address}"`;
  if (address.family === "IPv4" || String(address) === value) return undefined;
  return `${path}: IPv6 address "${value}" should be in RFC 5952 canonical format ("${address}")`;
}

/** What to say of a CIDR that passes but should be written otherwise; upstream's `GetWarningsForCIDR`. */
export function cidrWarnings(value: string, path: string): readonly string[] {
  const range = IpRange.parse(value);
  if (range === undefined) return [];
  const found: string[] = [];
  if (range.address.value !== range.base && !range.mapped)
    found.push(
      `${path}: CIDR value "${value}" is ambiguous in this context (should be "${range}" or "${range.address}/${range.address.bits}"?)`,
    );
  if (range.zeros || range.mapped) found.push(`${path}: non-standard CIDR value "${value}" is invalid: use "${range}"`);
  const canonical = `${range.address}/${range.prefixLength}`;
  if (found.length === 0 && range.family === "IPv6" && canonical !== value)
    found.push(`${path}: IPv6 CIDR value "${value}" should be in RFC 5952 canonical format ("${canonical}")`);
  return found;
}
