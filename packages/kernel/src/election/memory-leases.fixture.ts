import { type KubeObject, StatusError } from "@quarterdeck/meta";
import { Client, type ResourceClient } from "@quarterdeck/sdk";
import { LEASES } from "./held-lease.js";

/** A store of leases that several candidates share, which can be made to fail or to hang. */
export class MemoryLeases {
  readonly #leases = new Map<string, KubeObject>();
  #revision = 0;
  /** What each request meets, by candidate. */
  readonly trouble = new Map<string, "fails" | "hangs">();
  /** Called between a lease's being read and written, once. */
  beforeUpdate: (() => void) | undefined;
  /** Requests so far. */
  requests = 0;

  /** The spec of a lease. */
  spec(name: string): { readonly [field: string]: unknown } {
    return Object(this.#leases.get(name)?.spec);
  }

  /** Stores a lease as it is once more, as a renewal does that its sender does not wait for any more. */
  touch(name: string): void {
    const found = this.#leases.get(name);
    if (found !== undefined) this.#store(found);
  }

  remove(name: string): void {
    this.#leases.delete(name);
  }

  /** The client of one candidate. */
  client(candidate: string): Client {
    const meet = async (): Promise<void> => {
      this.requests++;
      const trouble = this.trouble.get(candidate);
      if (trouble === "fails") throw new Error("the store is gone");
      if (trouble === "hangs") await new Promise(() => {});
    };
    const none = async (): Promise<never> => {
      throw new RangeError("not for leases");
    };
    const leases: ResourceClient = {
      get: async ({ name }) => {
        await meet();
        const found = this.#leases.get(name);
        if (found === undefined) throw StatusError.notFound(LEASES, name);
        return structuredClone(found);
      },
      create: async (object) => {
        await meet();
        const { name = "" } = object.metadata;
        if (this.#leases.has(name)) throw StatusError.alreadyExists(LEASES, name);
        return this.#store(object);
      },
      update: async (object) => {
        await meet();
        const { name = "", resourceVersion } = object.metadata;
        this.beforeUpdate?.();
        this.beforeUpdate = undefined;
        const found = this.#leases.get(name);
        if (found === undefined) throw StatusError.notFound(LEASES, name);
        if (found.metadata.resourceVersion !== resourceVersion) throw StatusError.conflict(LEASES, name, "it changed");
        return this.#store(object);
      },
      list: none,
      updateStatus: none,
      createSubresource: none,
      updateSubresource: none,
      patch: none,
      delete: none,
      deleteCollection: none,
    };
    class LeaseClient extends Client {
      resource = (): ResourceClient<never> => Object.assign(leases);
      as = (): Client => this;
      within = (): Client => this;
      transaction = none;
    }
    return new LeaseClient();
  }

  #store(object: KubeObject): KubeObject {
    const stored = structuredClone(object);
    stored.metadata.resourceVersion = String(++this.#revision);
    this.#leases.set(object.metadata.name ?? "", stored);
    return structuredClone(stored);
  }
}
