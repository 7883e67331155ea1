import { type KubeObject, StatusError } from "@quarterdeck/meta";
import type { Client, Lister, Logger, ResourceClient } from "@quarterdeck/sdk";
import { type PolicyKind, type PolicyObject, RBAC_GROUP } from "./policy-object.js";
import { reconciled } from "./reconciled.js";

/** How often an object is looked at again that somebody else changes at the same time. */
const ATTEMPTS = 5;

const RESOURCES: { readonly [kind in PolicyKind]: string } = {
  ClusterRole: "clusterroles",
  ClusterRoleBinding: "clusterrolebindings",
  Role: "roles",
  RoleBinding: "rolebindings",
};

function keyOf({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.namespace ?? ""}/${metadata.name ?? ""}`;
}

function addressOf({ metadata }: KubeObject): { name: string; namespace: string } {
  return { name: metadata.name ?? "", namespace: metadata.namespace ?? "" };
}

function hasReason(error: unknown, reason: string): boolean {
  return StatusError.is(error) && error.reason === reason;
}

/** Makes the default policy exist: creates what is missing and adds what is lacking, and else writes nothing. */
export class PolicyReconciler {
  readonly #awaited = new Map<string, () => void>();

  constructor(
    private readonly listers: { readonly [kind in PolicyKind]: Lister },
    private readonly client: Client,
    private readonly logger: Logger,
  ) {}

  /** To be called with every object that is heard of. */
  readonly heard = (object: KubeObject): void => {
    if (this.#awaited.size === 0) return;
    const key = keyOf(object);
    this.#awaited.get(key)?.();
    this.#awaited.delete(key);
  };

  /** Resolves when everything is there and has been heard of. */
  async reconcile(policy: readonly PolicyObject[]): Promise<void> {
    const written = await Promise.all(policy.map((wanted) => this.#ensure(wanted)));
    const count = written.filter((one) => one).length;
    if (count > 0) this.logger.debug("reconciled the default roles and bindings", { count });
  }

  /** True when something was written. */
  async #ensure(wanted: PolicyObject): Promise<boolean> {
    const { name, namespace } = addressOf(wanted);
    const existing = this.listers[wanted.kind].get(name, namespace);
    if (existing !== undefined && reconciled(existing, wanted).action === "none") return false;
    const heard = new Promise<void>((resolve) => this.#awaited.set(keyOf(wanted), resolve));
    const wrote = await this.#write(wanted);
    if (wrote) await heard;
    else this.#awaited.delete(keyOf(wanted));
    return wrote;
  }

  async #write(wanted: PolicyObject): Promise<boolean> {
    const client = this.client.resource({ group: RBAC_GROUP, resource: RESOURCES[wanted.kind] });
    const { name, namespace } = addressOf(wanted);
    let known = this.listers[wanted.kind].get(name, namespace) !== undefined;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#writeOnce(client, wanted, known ? await this.#current(client, wanted) : undefined);
      } catch (error) {
        const raced = hasReason(error, "Conflict") || hasReason(error, "AlreadyExists");
        if (!raced || attempt === ATTEMPTS) throw error;
        // Another server on the same store was faster.
        known = true;
      }
    }
  }

  async #writeOnce(client: ResourceClient, wanted: PolicyObject, existing: KubeObject | undefined): Promise<boolean> {
    if (existing === undefined) {
      await client.create(structuredClone(wanted));
      return true;
    }
    const next = reconciled(existing, wanted);
    if (next.action === "none") return false;
    if (next.action === "update") {
      const { metadata } = await client.update(next.object);
      return metadata.resourceVersion !== existing.metadata.resourceVersion;
    }
    await client.delete(addressOf(wanted));
    await client.create(structuredClone(wanted));
    return true;
  }

  async #current(client: ResourceClient, wanted: PolicyObject): Promise<KubeObject | undefined> {
    try {
      return await client.get(addressOf(wanted));
    } catch (error) {
      if (hasReason(error, "NotFound")) return undefined;
      throw error;
    }
  }
}
