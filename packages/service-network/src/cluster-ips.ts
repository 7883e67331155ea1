import { IpAddress, type IpFamily, IpRange, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { Listers, type Services } from "@quarterdeck/sdk";
import { AllocationError, rangeFull } from "./allocation-error.js";
import { IP_ADDRESSES, ipAddressObject, ownerOfIp, SERVICE_CIDRS } from "./ip-address-object.js";
import { Ledger } from "./ledger.js";
import { RESERVED, type Span, scanUpperFirst } from "./scan.js";
import type { ServiceOwner } from "./service-owner.js";

/** The addresses of a range that services get: neither the first nor, of IPv4, the last. */
function usable(range: IpRange): Span {
  const ends = range.family === "IPv4" ? 2n : 1n;
  return { first: range.base + 1n, count: range.size > ends ? range.size - ends : 0n };
}

function isUsable(range: IpRange, address: IpAddress): boolean {
  const { first, count } = usable(range);
  return address.family === range.family && address.value >= first && address.value < first + count;
}

function isReady(object: KubeObject): boolean {
  if (object.metadata.deletionTimestamp !== undefined) return false;
  const status: unknown = object.status;
  const conditions = isJsonObject(status) && Array.isArray(status.conditions) ? status.conditions : [];
  const ready = conditions.find((one) => isJsonObject(one) && one.type === "Ready");
  // one that nobody has looked at yet counts as ready, as upstream has it
  return !isJsonObject(ready) || ready.status === "True";
}

function cidrsOf(object: KubeObject): string[] {
  const spec: unknown = object.spec;
  const cidrs = isJsonObject(spec) && Array.isArray(spec.cidrs) ? spec.cidrs : [];
  return cidrs.filter((cidr) => typeof cidr === "string");
}

/**
 * The addresses of services: those of the ranges of the config and of the ServiceCIDR objects that are ready. What is taken
 * is an IPAddress object, which stands under no other name for anybody.
 */
export class ClusterIps {
  readonly ledger: Ledger;

  constructor(
    private readonly configured: readonly IpRange[],
    private readonly services: Services,
  ) {
    const object = (name: string, owner: ServiceOwner): KubeObject => ipAddressObject(parsed(name), owner);
    this.ledger = new Ledger({ resource: IP_ADDRESSES, object, ownerOf: ownerOfIp }, services);
  }

  /** The families that services can have, the preferred one first. */
  get families(): readonly IpFamily[] {
    return this.configured.map(({ family }) => family);
  }

  /** All ranges, those of the config first, each once. */
  get ranges(): readonly IpRange[] {
    const objects = this.services.find(Listers)?.of(SERVICE_CIDRS)?.list() ?? [];
    const texts = objects.filter(isReady).flatMap(cidrsOf);
    const known = new Map(this.configured.map((range) => [String(range), range]));
    for (const text of texts) {
      const range = known.has(text) ? undefined : IpRange.parse(text);
      if (range !== undefined) known.set(text, range);
    }
    return [...known.values()];
  }

  /** Whether an address is one that services can have. */
  includes(address: IpAddress): boolean {
    return this.ranges.some((range) => isUsable(range, address));
  }

  /** Throws an {@link AllocationError} when the address is in no range. */
  check(address: IpAddress): void {
    if (!this.includes(address)) throw new AllocationError("the provided network does not match the current range");
  }

  /** Takes an address for a service; throws an {@link AllocationError} when that cannot be. */
  async take(address: IpAddress, owner: ServiceOwner): Promise<void> {
    this.check(address);
    if (!(await this.ledger.add(String(address), owner))) throw new AllocationError("provided IP is already allocated");
  }

  /** Takes any address of a family that is free; throws an {@link AllocationError} when none is. */
  async takeNext(family: IpFamily, owner: ServiceOwner): Promise<IpAddress> {
    for (const range of this.ranges.filter((one) => one.family === family)) {
      const found = await scanUpperFirst(usable(range), RESERVED.addresses(range.size), async (value) => {
        const name = String(IpAddress.of(family, value));
        return !this.ledger.has(name) && (await this.ledger.add(name, owner));
      });
      if (found !== undefined) return IpAddress.of(family, found);
    }
    throw rangeFull();
  }

  /** Gives an address back, if the service has it. */
  async release(address: IpAddress, owner: ServiceOwner): Promise<void> {
    await this.ledger.remove(String(address), owner);
  }

  /** What a dry run shows for an address that would be taken: the name of the range, as upstream has it. */
  placeholder(family: IpFamily): IpAddress {
    const range = this.ranges.find((one) => one.family === family);
    if (range === undefined) throw rangeFull();
    return range.at(0n);
  }
}

function parsed(name: string): IpAddress {
  const address = IpAddress.parse(name);
  if (address === undefined) throw new TypeError(`${name} is no IP address`);
  return address;
}
