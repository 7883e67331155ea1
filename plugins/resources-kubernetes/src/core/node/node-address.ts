import { StatusError } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";

/** Where kubelets listen that do not say. */
const KUBELET_PORT = 10250;
/** Which of a node's addresses is tried, the best first. */
const PREFERRED = ["Hostname", "InternalDNS", "InternalIP", "ExternalDNS", "ExternalIP"];

/** A host and port as URLs have them; addresses with colons in brackets. */
export function joinHostPort(host: string, port: string | number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function preferredAddress(addresses: readonly core.NodeAddress[]): string {
  for (const type of PREFERRED) {
    const found = addresses.find((one) => one.type === type);
    if (found !== undefined) return found.address;
  }
  const known = addresses.map(({ type, address }) => `{${type} ${address}}`).join(" ");
  throw StatusError.of(500, undefined, `no preferred addresses found; known addresses: [${known}]`);
}

/** Where the kubelet of a node is reached; 500 for a node without an address. */
export function kubeletOf({ addresses, daemonEndpoints }: core.NodeStatus): {
  readonly host: string;
  readonly port: number;
} {
  const { Port: port } = daemonEndpoints.kubeletEndpoint;
  return { host: preferredAddress(addresses ?? []), port: port > 0 ? port : KUBELET_PORT };
}
