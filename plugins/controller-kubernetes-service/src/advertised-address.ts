import { networkInterfaces } from "node:os";
import { IpAddress, IpRange } from "@quarterdeck/meta";

/** What cannot be the address of an endpoint: unspecified, loopback and link-local addresses. */
const SPECIAL = ["0.0.0.0/32", "::/128", "127.0.0.0/8", "::1/128", "169.254.0.0/16", "fe80::/10"].map((text) =>
  IpRange.parse(text),
);

function asEndpoint(text: string): IpAddress | undefined {
  const address = IpAddress.parse(text);
  if (address === undefined || SPECIAL.some((range) => range?.has(address))) return undefined;
  return address;
}

/** The addresses of this machine's interfaces. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
}

/**
 * The address that a server advertises: the one that is said, or the one that it is bound to, or the first of the machine's
 * own, IPv4 before IPv6. Undefined when none of them can be an endpoint's. Throws for one that is said and cannot.
 */
export function advertisedAddress(
  said: string | undefined,
  bind: string,
  own: readonly string[] = ownAddresses(),
): string | undefined {
  if (said !== undefined) {
    const address = asEndpoint(said);
    if (address === undefined) throw new Error(`advertiseAddress cannot be an endpoint's address: ${said}`);
    return String(address);
  }
  const bound = asEndpoint(bind);
  if (bound !== undefined) return String(bound);
  const all = own.map(asEndpoint).filter((address) => address !== undefined);
  const chosen = all.find(({ family }) => family === "IPv4") ?? all[0];
  return chosen === undefined ? undefined : String(chosen);
}
