import { IpAddress } from "@quarterdeck/meta";
import type { ServiceNetwork, ServiceOwner } from "@quarterdeck/service-network";
import type { ServiceSpec } from "../../../types/core-v1.js";
import { isHeadless, needsClusterIp, needsHealthCheckPort, nodePortsOf } from "../service-traits.js";
import { allocateIps } from "./allocate-ips.js";
import { allocatePorts } from "./allocate-ports.js";
import { initFamilies } from "./ip-families.js";
import { Takings } from "./takings.js";

/**
 * Takes the addresses and ports that a service needs after a create or an update, and writes them into its spec. What it
 * gives back undoes that, or completes it. On a dry run nothing is taken. Throws what the client is told.
 */
export async function allocate(
  network: ServiceNetwork,
  owner: ServiceOwner,
  spec: ServiceSpec,
  old: ServiceSpec | undefined,
  dryRun: boolean,
): Promise<Takings> {
  const takings = new Takings();
  const write = { network, owner, dryRun, takings };
  try {
    initFamilies(owner.name, spec, old, network.ips.families);
    await allocateIps(spec, old, write);
    await allocatePorts(spec, old, write);
    return takings;
  } catch (error) {
    await takings.end(false);
    throw error;
  }
}

/** Gives back all that a service had that is gone. */
export async function releaseAll(network: ServiceNetwork, owner: ServiceOwner, spec: ServiceSpec): Promise<void> {
  const takings = new Takings();
  const ips = needsClusterIp(spec) && !isHeadless(spec) ? (spec.clusterIPs ?? []) : [];
  for (const ip of ips) {
    const address = IpAddress.parse(ip);
    if (address !== undefined) takings.needless(() => network.ips.release(address, owner));
  }
  const ports = new Set(nodePortsOf(spec));
  if (needsHealthCheckPort(spec) && (spec.healthCheckNodePort ?? 0) > 0) ports.add(spec.healthCheckNodePort ?? 0);
  for (const port of ports) takings.needless(() => network.ports.release(port, owner));
  await takings.end(true);
}
