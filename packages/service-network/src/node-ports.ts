import { isJsonObject, type KubeObject } from "@quarterdeck/meta";
import type { Services } from "@quarterdeck/sdk";
import { AllocationError, rangeFull } from "./allocation-error.js";
import { Ledger } from "./ledger.js";
import { INTERNAL_GROUP } from "./node-port-claim.js";
import type { PortRange } from "./port-range.js";
import { RESERVED, scanUpperFirst } from "./scan.js";
import type { ServiceOwner } from "./service-owner.js";

function claim(name: string, owner: ServiceOwner): KubeObject {
  return { apiVersion: `${INTERNAL_GROUP}/v1`, kind: "NodePortClaim", metadata: { name }, spec: { ...owner } };
}

function ownerOf(object: KubeObject): ServiceOwner | undefined {
  const spec: unknown = object.spec;
  if (!isJsonObject(spec)) return undefined;
  return { namespace: String(spec.namespace ?? ""), name: String(spec.name ?? "") };
}

/** The ports that services have on the nodes, whatever the protocol. What is taken is a NodePortClaim object. */
export class NodePorts {
  readonly ledger: Ledger;

  constructor(
    readonly range: PortRange,
    services: Services,
  ) {
    const resource = { group: INTERNAL_GROUP, resource: "nodeportclaims" };
    this.ledger = new Ledger({ resource, object: claim, ownerOf }, services);
  }

  /** Throws an {@link AllocationError} when the port is taken as far as this server knows; those out of the range are not. */
  check(port: number): void {
    if (this.ledger.has(String(port))) throw taken();
  }

  /** Takes a port for a service; throws an {@link AllocationError} when that cannot be. */
  async take(port: number, owner: ServiceOwner): Promise<void> {
    this.#checkRange(port);
    if (!(await this.ledger.add(String(port), owner))) throw taken();
  }

  /** Takes any port that is free; throws an {@link AllocationError} when none is. */
  async takeNext(owner: ServiceOwner): Promise<number> {
    const { first, size } = this.range;
    const found = await scanUpperFirst(
      { first: BigInt(first), count: BigInt(size) },
      RESERVED.ports(BigInt(size)),
      async (port) => !this.ledger.has(String(port)) && (await this.ledger.add(String(port), owner)),
    );
    if (found === undefined) throw rangeFull();
    return Number(found);
  }

  /** Gives a port back, if the service has it. */
  async release(port: number, owner: ServiceOwner): Promise<void> {
    await this.ledger.remove(String(port), owner);
  }

  #checkRange(port: number): void {
    if (!this.range.has(port))
      throw new AllocationError(`provided port is not in the valid range. The range of valid ports is ${this.range}`);
  }
}

function taken(): AllocationError {
  return new AllocationError("provided port is already allocated");
}
