import { type KubeObject, StatusError } from "@quarterdeck/meta";
import { Client, type Lister, Listers, type ResourceReference, type Services } from "@quarterdeck/sdk";
import { type ServiceOwner, sameOwner } from "./service-owner.js";

/** How what is taken is written down: one object for each, which is called as it. */
export interface LedgerKind {
  readonly resource: ResourceReference;
  object(name: string, owner: ServiceOwner): KubeObject;
  ownerOf(object: KubeObject): ServiceOwner | undefined;
}

function isReason(error: unknown, ...reasons: string[]): boolean {
  return StatusError.is(error) && reasons.includes(error.reason ?? "");
}

/** What services have taken. The create of an object is the lock: of several servers on one store only one has it. */
export class Ledger {
  constructor(
    private readonly kind: LedgerKind,
    private readonly services: Services,
  ) {}

  /** As far as this server knows; another one may have taken it since. */
  has(name: string): boolean {
    return this.lister?.get(name) !== undefined;
  }

  /** False when somebody has it. */
  async add(name: string, owner: ServiceOwner): Promise<boolean> {
    try {
      await this.#client.create(this.kind.object(name, owner));
      return true;
    } catch (error) {
      if (isReason(error, "AlreadyExists")) return false;
      throw error;
    }
  }

  /** Does nothing when the service does not have it. */
  async remove(name: string, owner: ServiceOwner): Promise<void> {
    const found = await this.lister?.getFresh(name);
    if (found === undefined || !sameOwner(this.kind.ownerOf(found), owner)) return;
    await this.erase(found);
  }

  /** Takes an object away, unless it is another one by now. */
  async erase({ metadata: { name = "", uid } }: KubeObject): Promise<void> {
    try {
      await this.#client.delete({ name }, uid === undefined ? {} : { preconditions: { uid } });
    } catch (error) {
      if (!isReason(error, "NotFound", "Conflict")) throw error;
    }
  }

  /** All that is taken, as far as this server knows. */
  list(): readonly KubeObject[] {
    return this.lister?.list() ?? [];
  }

  ownerOf(object: KubeObject): ServiceOwner | undefined {
    return this.kind.ownerOf(object);
  }

  get lister(): Lister | undefined {
    return this.services.find(Listers)?.of(this.kind.resource);
  }

  get #client() {
    const client = this.services.find(Client);
    if (client === undefined) throw new TypeError("nobody provides a client");
    return client.resource(this.kind.resource);
  }
}
