import type { IpRange } from "@quarterdeck/meta";
import { INJECTION_TOKEN, type Services } from "@quarterdeck/sdk";
import { ClusterIps } from "./cluster-ips.js";
import { NodePorts } from "./node-ports.js";
import type { PortRange } from "./port-range.js";

/**
 * Where services get their addresses and ports. Provided by the pack that has the kind; its class and the controllers of
 * services find it through `Services`.
 */
export class ServiceNetwork {
  static readonly [INJECTION_TOKEN]: string = "service-network";
  readonly ips: ClusterIps;
  readonly ports: NodePorts;

  /** `ranges` are those of the config: one, or one of each family, the preferred one first. */
  constructor(
    readonly ranges: readonly IpRange[],
    nodePorts: PortRange,
    services: Services,
  ) {
    this.ips = new ClusterIps(ranges, services);
    this.ports = new NodePorts(nodePorts, services);
  }
}
