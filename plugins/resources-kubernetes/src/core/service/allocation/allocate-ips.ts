import { FieldErrors, IpAddress, type IpFamily, StatusError } from "@quarterdeck/meta";
import { AllocationError, type ServiceNetwork, type ServiceOwner } from "@quarterdeck/service-network";
import type { ServiceSpec } from "../../../types/core-v1.js";
import { isHeadless } from "../service-traits.js";
import { keepsPreferred } from "./ip-families.js";
import type { Takings } from "./takings.js";

/** What an allocation is part of. */
export interface AllocatingWrite {
  readonly network: ServiceNetwork;
  readonly owner: ServiceOwner;
  /** Nothing is taken then. */
  readonly dryRun: boolean;
  readonly takings: Takings;
}

function refused(spec: ServiceSpec, owner: ServiceOwner, what: string, error: unknown): unknown {
  if (!(error instanceof AllocationError)) return error;
  const errors = new FieldErrors();
  errors.invalid("spec.clusterIPs", spec.clusterIPs, `failed to allocate ${what}: ${error.message}`);
  return StatusError.invalid({ group: "", kind: "Service" }, owner.name, errors.list);
}

async function takeNext(family: IpFamily, spec: ServiceSpec, write: AllocatingWrite): Promise<string> {
  const { network, owner, dryRun, takings } = write;
  if (dryRun) return String(network.ips.placeholder(family));
  try {
    const address = await network.ips.takeNext(family, owner);
    takings.taken(() => network.ips.release(address, owner));
    return String(address);
  } catch (error) {
    if (error instanceof AllocationError && error.full)
      throw StatusError.internal(`failed to allocate a serviceIP for Service "${owner.name}": ${error.message}`);
    throw refused(spec, owner, "IP", error);
  }
}

async function take(ip: string, spec: ServiceSpec, write: AllocatingWrite): Promise<void> {
  const { network, owner, dryRun, takings } = write;
  const address = IpAddress.parse(ip);
  if (address === undefined) throw StatusError.internal(`failed to parse service IP "${ip}"`);
  try {
    if (dryRun) return network.ips.check(address);
    await network.ips.take(address, owner);
    takings.taken(() => network.ips.release(address, owner));
  } catch (error) {
    throw refused(spec, owner, `IP ${ip}`, error);
  }
}

/** Gives a service an address of each of its families from the index on, the one that it names or any. */
async function takeFrom(first: number, spec: ServiceSpec, write: AllocatingWrite): Promise<void> {
  const ips = [...(spec.clusterIPs ?? [])];
  for (const [index, family] of (spec.ipFamilies ?? []).entries()) {
    if (index < first) continue;
    const wanted = ips[index] ?? "";
    if (wanted !== "") await take(wanted, spec, write);
    else if (family === "IPv4" || family === "IPv6") ips[index] = await takeNext(family, spec, write);
  }
  spec.clusterIPs = ips;
  if (ips[0] !== undefined) spec.clusterIP = ips[0];
}

function giveBack(ips: readonly string[], { network, owner, dryRun, takings }: AllocatingWrite): void {
  if (dryRun) return;
  for (const ip of ips) {
    const address = IpAddress.parse(ip);
    if (address !== undefined) takings.needless(() => network.ips.release(address, owner));
  }
}

/**
 * Takes the addresses that a service needs, and gives back those that it needs no more; its families are said. Throws 422
 * Invalid for an address that cannot be had, 500 when none is left. Upstream's `allocClusterIPs` and `updateClusterIPs`.
 */
export async function allocateIps(
  spec: ServiceSpec,
  old: ServiceSpec | undefined,
  write: AllocatingWrite,
): Promise<void> {
  const named = spec.type === "ExternalName";
  if (old === undefined || (old.type === "ExternalName" && !named)) {
    if (!named && spec.clusterIPs?.[0] !== "None") await takeFrom(0, spec, write);
    return;
  }
  if (keepsPreferred(spec, old) || isHeadless(old) || old.type === "ExternalName") return;
  const held = old.clusterIPs ?? [];
  if (named) return giveBack(held, write);
  const [before, now] = [(old.ipFamilies ?? []).length, (spec.ipFamilies ?? []).length];
  if (before === 1 && now === 2) await takeFrom(1, spec, write);
  if (before === 2 && now === 1) giveBack(held.slice(1), write);
}
