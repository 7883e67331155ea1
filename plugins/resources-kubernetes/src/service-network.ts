import { IpRange } from "@quarterdeck/meta";
import type { Constructor, Services } from "@quarterdeck/sdk";
import { ApiServerLease, NodePortClaim, PortRange, ServiceNetwork } from "@quarterdeck/service-network";
import { Service } from "./core/service/service.js";
import { KubernetesOptions } from "./kubernetes-options.js";
import { IPAddress } from "./networking/ip-address/ip-address.js";
import { UnservedIPAddress } from "./networking/ip-address/unserved-ip-address.js";

const WIDEST_V6 = 64;

function rangesOf(text: string): IpRange[] {
  const ranges = text.split(",").map((part) => IpRange.parse(part.trim()));
  const sound = ranges.filter((range) => range !== undefined);
  if (sound.length !== ranges.length || sound.length > 2 || (sound[1] && sound[0]?.family === sound[1].family))
    throw new Error(`serviceClusterIPRange must be a CIDR, or one of each IP family with a comma: ${text}`);
  if (sound.some(({ family, prefixLength }) => family === "IPv6" && prefixLength < WIDEST_V6))
    throw new Error(`serviceClusterIPRange: the shortest prefix of an IPv6 range is ${WIDEST_V6}: ${text}`);
  return sound;
}

function portsOf(text: string): PortRange {
  const ports = PortRange.parse(text);
  if (ports === undefined) throw new Error(`serviceNodePortRange must be two ports with a dash: ${text}`);
  return ports;
}

/** Makes what services get their addresses and ports from, as the options say, for those that find it. */
export function provideServiceNetwork(options: object, services: Services): void {
  if (!(options instanceof KubernetesOptions)) return;
  const { serviceClusterIPRange, serviceNodePortRange } = options;
  const network = new ServiceNetwork(rangesOf(serviceClusterIPRange), portsOf(serviceNodePortRange), services);
  services.provide(ServiceNetwork, network);
}

/**
 * The kinds by which servers on one store agree on addresses and ports; those that nobody asked for are not served. Throws
 * for ranges that are none.
 */
export function networkKinds(chosen: readonly Constructor[], options: object): readonly Constructor[] {
  if (!chosen.includes(Service)) return [];
  if (options instanceof KubernetesOptions) {
    rangesOf(options.serviceClusterIPRange);
    portsOf(options.serviceNodePortRange);
  }
  return [NodePortClaim, ApiServerLease, ...(chosen.includes(IPAddress) ? [] : [UnservedIPAddress])];
}
