import { dns1123SubdomainErrors } from "@quarterdeck/meta";
import type { Endpoint } from "../../types/discovery-v1.js";

const HOSTNAME = "kubernetes.io/hostname";

/**
 * Takes away the topology that only v1beta1 had; the name of a node that an endpoint had there before is kept as its node.
 * Upstream's `dropTopologyOnV1`.
 */
export function dropTopology(endpoints: readonly Endpoint[] | null, old: readonly Endpoint[] | null): void {
  const known = new Set((old ?? []).map(({ deprecatedTopology }) => deprecatedTopology?.[HOSTNAME] ?? ""));
  for (const endpoint of endpoints ?? []) {
    const name = endpoint.deprecatedTopology?.[HOSTNAME] ?? "";
    if (endpoint.nodeName === undefined && name !== "" && known.has(name) && dns1123SubdomainErrors(name).length === 0)
      endpoint.nodeName = name;
    delete endpoint.deprecatedTopology;
  }
}
