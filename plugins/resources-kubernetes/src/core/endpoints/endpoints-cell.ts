import { listCell } from "../../columns/list-cell.js";
import type { EndpointSubset } from "../../types/core-v1.js";

/** The first three pairs of address and port, as upstream prints them; addresses that are not ready do not count. */
export function endpointsCell(subsets: readonly EndpointSubset[] | undefined): string {
  if ((subsets ?? []).length === 0) return "<none>";
  const pairs = (subsets ?? []).flatMap(({ addresses, ports }) => {
    const ips = (addresses ?? []).map(({ ip }) => ip);
    if ((ports ?? []).length === 0) return ips;
    return (ports ?? []).flatMap(({ port }) =>
      ips.map((ip) => (ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`)),
    );
  });
  return listCell(pairs, "");
}
