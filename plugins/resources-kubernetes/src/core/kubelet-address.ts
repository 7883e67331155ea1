import { StatusError } from "@quarterdeck/meta";
import { Client, NotServedError, type Services } from "@quarterdeck/sdk";
import type * as core from "../types/core-v1.js";
import { Node } from "./node/node.js";

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

/** The node, which a server that serves no nodes does not have. */
async function nodeOf(services: Services, name: string): Promise<Node> {
  try {
    const found = await services.find(Client)?.resource(Node).get({ name });
    if (found !== undefined) return found;
  } catch (error) {
    if (!NotServedError.is(error)) throw error;
  }
  throw StatusError.notFound({ group: "", resource: "nodes" }, name);
}

/** `host:port` of the kubelet of a node, upstream's `GetConnectionInfo`; 404 for a node that is not there, 500 for one without an address. */
export async function kubeletAddress(services: Services, name: string): Promise<string> {
  const { status } = await nodeOf(services, name);
  const { Port: port } = status.daemonEndpoints.kubeletEndpoint;
  return joinHostPort(preferredAddress(status.addresses ?? []), port > 0 ? port : KUBELET_PORT);
}
