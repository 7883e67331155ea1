import { IpAddress, type KubeObject } from "@quarterdeck/meta";
import type { Lister } from "@quarterdeck/sdk";
import { isManagedIp, type Ledger, type ServiceNetwork, sameOwner } from "@quarterdeck/service-network";
import type { Finding, Reporter } from "./finding.js";
import { type HoldingService, holdingService } from "./service-spec.js";

/** How long something may be held for a service that does not have it yet: as long as a request may take. */
const GRACE = 60_000;

/** What was found of a name. */
type Found = Pick<Finding, "reason" | "message">;

/** One kind of what services hold. */
interface Held {
  readonly ledger: Ledger;
  readonly reporter: Reporter;
  /** The names under which a service holds it. */
  namesOf(service: HoldingService): readonly string[];
  /** Why a service cannot hold it at all. */
  outside(name: string): Found | undefined;
  /** The reason and the words for one that nobody holds, and for one that two services have. */
  missing(name: string): Found;
  shared(name: string): Found;
  /** The reason and the words for one that is held for nobody. */
  leaked(name: string): Found;
  /** Whether an object was made by the allocation of services. */
  isOurs(object: KubeObject): boolean;
}

function familyOf(name: string): string {
  return IpAddress.parse(name)?.family ?? "unknown";
}

function heldIps({ ips }: ServiceNetwork): Held {
  const text = (name: string) => `Cluster IP [${familyOf(name)}]: ${name}`;
  return {
    ledger: ips.ledger,
    reporter: "ipallocator-repair-controller",
    // an address of an old object may be written otherwise than the object of it is called
    namesOf: ({ clusterIPs }) => clusterIPs.map((ip) => String(IpAddress.parse(ip) ?? ip)),
    outside(name) {
      const address = IpAddress.parse(name);
      if (address !== undefined && ips.includes(address)) return undefined;
      const message = `${text(name)} is not within any configured Service CIDR; please recreate service`;
      return { reason: "ClusterIPOutOfRange", message };
    },
    missing: (name) => ({ reason: "ClusterIPNotAllocated", message: `${text(name)} is not allocated; repairing` }),
    shared: (name) => ({
      reason: "ClusterIPAlreadyAllocated",
      message: `${text(name)} was assigned to multiple services; please recreate service`,
    }),
    leaked: (name) => ({
      reason: "IPAddressNotAllocated",
      message: `IPAddress: ${name} appears to have leaked: cleaning up`,
    }),
    isOurs: isManagedIp,
  };
}

function heldPorts({ ports }: ServiceNetwork): Held {
  return {
    ledger: ports.ledger,
    reporter: "portallocator-repair-controller",
    namesOf: ({ nodePorts }) => nodePorts.map(String),
    outside: (name) =>
      ports.range.has(Number(name))
        ? undefined
        : {
            reason: "PortOutOfRange",
            message: `Port ${name} is not within the port range ${ports.range}; please recreate service`,
          },
    missing: (name) => ({ reason: "PortNotAllocated", message: `Port ${name} is not allocated; repairing` }),
    shared: (name) => ({
      reason: "PortAlreadyAllocated",
      message: `Port ${name} was assigned to multiple services; please recreate service`,
    }),
    leaked: (name) => ({ reason: "PortLeaked", message: `the node port ${name} appears to have leaked: cleaning up` }),
    isOurs: () => true,
  };
}

/** Brings what is held together with what services have. */
export class Repair {
  readonly #held: readonly Held[];

  constructor(
    network: ServiceNetwork,
    private readonly services: Lister,
    private readonly report: (finding: Finding, reporter: Reporter) => Promise<void>,
  ) {
    this.#held = [heldIps(network), heldPorts(network)];
  }

  /** Looks at all services, and then at all that is held; ends early when the signal is aborted. */
  async run(signal: AbortSignal, now: number = Date.now()): Promise<void> {
    for (const held of this.#held) {
      for (const object of this.services.list()) {
        if (signal.aborted) return;
        await this.#service(held, holdingService(object));
      }
      for (const object of held.ledger.list()) {
        if (signal.aborted) return;
        if (held.isOurs(object)) await this.#object(held, object, now);
      }
    }
  }

  async #service(held: Held, service: HoldingService): Promise<void> {
    for (const name of held.namesOf(service)) {
      const found = held.outside(name) ?? (await this.#settle(held, service, name));
      if (found !== undefined) await this.report({ object: service.object, ...found }, held.reporter);
    }
  }

  /** Takes for a service what it has and nobody holds; what there is to tell about it. */
  async #settle(held: Held, service: HoldingService, name: string): Promise<Found | undefined> {
    const { ledger } = held;
    const entry = ledger.lister?.get(name);
    if (entry !== undefined) {
      const other = ledger.ownerOf(entry);
      if (sameOwner(other, service.owner)) return undefined;
      const rival = other && (await this.services.getFresh(other.name, other.namespace));
      if (rival !== undefined && held.namesOf(holdingService(rival)).includes(name)) return held.shared(name);
    }
    if (!(await this.#has(held, service, name))) return undefined;
    if (entry !== undefined) await ledger.erase(entry);
    return (await ledger.add(name, service.owner)) ? held.missing(name) : undefined;
  }

  /** Whether a service has something by what the store says now, not the cache of a moment ago. */
  async #has(held: Held, { owner }: HoldingService, name: string): Promise<boolean> {
    const fresh = await this.services.getFresh(owner.name, owner.namespace);
    return fresh !== undefined && held.namesOf(holdingService(fresh)).includes(name);
  }

  /** Gives back what is held for a service that does not have it. */
  async #object(held: Held, entry: KubeObject, now: number): Promise<void> {
    const { name = "", creationTimestamp } = entry.metadata;
    if (now - Date.parse(creationTimestamp ?? "") < GRACE) return;
    const owner = held.ledger.ownerOf(entry);
    const service = owner && (await this.services.getFresh(owner.name, owner.namespace));
    if (service !== undefined && held.namesOf(holdingService(service)).includes(name)) return;
    await held.ledger.erase(entry);
    await this.report({ object: entry, ...held.leaked(name) }, held.reporter);
  }
}
