import { StatusError } from "@quarterdeck/meta";
import { Client, NotServedError, type Services } from "@quarterdeck/sdk";
import { Node } from "./node/node.js";
import { joinHostPort, kubeletOf } from "./node/node-address.js";

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
  const { host, port } = kubeletOf(status);
  return joinHostPort(host, port);
}
