import { isIP } from "node:net";
import { hostname, networkInterfaces } from "node:os";

/** The names under which a serving certificate is good. */
export interface SubjectNames {
  readonly dns: readonly string[];
  readonly ip: readonly string[];
}

/** True for the addresses that mean "all of them". */
export function isWildcard(bind: string): boolean {
  return bind === "0.0.0.0" || bind === "::";
}

/** What clients may call the server: local names, the bind address, and the names that in-cluster clients use. */
export function servingNames(bind: string): SubjectNames {
  const dns = [
    "localhost",
    "kubernetes",
    "kubernetes.default",
    "kubernetes.default.svc",
    "kubernetes.default.svc.cluster.local",
  ];
  const ip = ["127.0.0.1", "::1"];
  const own = hostname();
  if (/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(own)) dns.push(own.toLowerCase());
  if (isWildcard(bind)) {
    for (const address of Object.values(networkInterfaces()).flat())
      if (address !== undefined && !address.address.includes("%")) ip.push(address.address);
  } else if (isIP(bind) === 0) dns.push(bind.toLowerCase());
  else ip.push(bind);
  return { dns: [...new Set(dns)], ip: [...new Set(ip)] };
}
