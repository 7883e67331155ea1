import { lookup } from "node:dns/promises";
import { StatusError } from "@quarterdeck/meta";
import type { ConnectContext } from "@quarterdeck/sdk";
import type * as core from "../../types/core-v1.js";
import { isGlobalUnicast } from "../global-unicast.js";
import { joinHostPort, kubeletOf } from "./node-address.js";

/** Refuses hosts that nobody can name, and addresses that only the server itself may know. */
async function requireProxyable(host: string): Promise<void> {
  const found = await lookup(host, { all: true }).catch(() => undefined);
  if (found === undefined) throw StatusError.badRequest(`lookup ${host}: no such host`);
  if (found.length === 0) throw StatusError.badRequest("no addresses for hostname");
  if (!found.every(({ address }) => isGlobalUnicast(address))) throw StatusError.badRequest("address not allowed");
}

/**
 * `proxy`: upstream's `ResourceLocation`. 500 for a node that has no address, 400 for one that cannot be resolved or that only
 * the server may know, 503 when nobody answers there; the port is the kubelet's unless the name has one.
 */
export async function proxyToNode(status: core.NodeStatus, { address }: ConnectContext): Promise<never> {
  const { host, port } = kubeletOf(status);
  await requireProxyable(host);
  const target = joinHostPort(host, address.port || port);
  const why = `dial tcp ${target}: connect: connection refused`;
  throw StatusError.of(503, "ServiceUnavailable", `error trying to reach service: ${why}`);
}
