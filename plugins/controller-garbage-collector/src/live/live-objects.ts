import { isDeepStrictEqual } from "node:util";
import { type ObjectMeta, type OwnerReference, StatusError } from "@quarterdeck/meta";
import type {
  Client,
  DeletionOptions,
  Listers,
  ObjectAddress,
  ResourceClient,
  ServedResource,
  ServedResources,
} from "@quarterdeck/sdk";
import type { ObjectIdentity } from "../graph/object-identity.js";
import { NamespacedOwnerError } from "./namespaced-owner-error.js";
import { UnknownKindError } from "./unknown-kind-error.js";

const NAMESPACES = { group: "", resource: "namespaces" };
/** How often a change is made anew at once when others change the same object. */
const ATTEMPTS = 5;

/** Makes a change of an object's metadata from what it is; undefined when there is nothing to change. */
export type MetadataChange = (live: ObjectMeta) => Pick<ObjectMeta, "finalizers" | "ownerReferences"> | undefined;

/** What of the server the live objects are read from and written to. */
export interface LiveObjectsParts {
  readonly served: ServedResources;
  readonly listers: Listers;
  readonly client: Client;
}

function hasReason(error: unknown, reason: string): boolean {
  return StatusError.is(error) && error.reason === reason;
}

/**
 * The objects as the store has them, not as the graph believes; of each only the metadata is looked at. All that it does is
 * safe to do twice: it names the uid, and the resourceVersion that it was decided on.
 */
export class LiveObjects {
  constructor(private readonly parts: LiveObjectsParts) {}

  /** True when objects of the kind live in namespaces. Throws {@link UnknownKindError}. */
  isNamespaced({ apiVersion, kind }: Pick<ObjectIdentity, "apiVersion" | "kind">): boolean {
    return this.#resource(apiVersion, kind).namespaced;
  }

  /**
   * The metadata of what has this name, whatever its uid; undefined when nothing has. Throws {@link UnknownKindError}, and
   * {@link NamespacedOwnerError} when the kind needs a namespace and the identity has none.
   */
  async get(identity: ObjectIdentity): Promise<ObjectMeta | undefined> {
    const { resource, address } = this.#find(identity);
    const lister = this.parts.listers.of(resource);
    if (lister !== undefined) return (await lister.getFresh(address.name, address.namespace))?.metadata;
    try {
      return (await this.parts.client.resource(resource).get(address)).metadata;
    } catch (error) {
      if (hasReason(error, "NotFound")) return undefined;
      throw error;
    }
  }

  /** Whether the owner that a reference names is in another namespace than this, as far as watch caches know. */
  isElsewhere({ apiVersion, kind, name, uid }: OwnerReference, namespace: string): boolean {
    const { served, listers } = this.parts;
    const resource = served.findKind(apiVersion, kind);
    if (resource?.namespaced !== true) return false;
    const lister = listers.of(resource);
    const namespaces = listers.of(NAMESPACES)?.list() ?? [];
    return namespaces.some(
      ({ metadata }) => metadata.name !== namespace && lister?.get(name, metadata.name)?.metadata.uid === uid,
    );
  }

  /** Deletes an object on what was seen of it; false when it is gone already. 409 Conflict when its owners have changed. */
  async delete(
    identity: ObjectIdentity,
    seen: ObjectMeta,
    propagationPolicy: NonNullable<DeletionOptions["propagationPolicy"]>,
  ): Promise<boolean> {
    const { address, client } = this.#find(identity);
    const { uid, resourceVersion = "", ownerReferences } = seen;
    const remove = async (preconditions: object): Promise<boolean> => {
      try {
        await client.delete(address, { preconditions, propagationPolicy });
        return true;
      } catch (error) {
        if (hasReason(error, "NotFound")) return false;
        throw error;
      }
    };
    try {
      return await remove({ uid, resourceVersion });
    } catch (error) {
      if (!hasReason(error, "Conflict")) throw error;
      const live = await this.get(identity);
      if (live === undefined) return false;
      // Others may write to it all the time; what counts is that its owners are the same.
      const sameOwners = live.uid === uid && isDeepStrictEqual(live.ownerReferences, ownerReferences);
      if (!sameOwners || live.resourceVersion === resourceVersion) throw error;
      return remove({ uid });
    }
  }

  /**
   * Changes an object's metadata; false when there is nothing to change, it is gone, or another one has its name. 409 Conflict
   * when others are always faster.
   */
  async change(identity: ObjectIdentity, change: MetadataChange): Promise<boolean> {
    const { address, client } = this.#find(identity);
    for (let attempt = 1; ; attempt++) {
      const live = await this.get(identity);
      if (live === undefined || live.uid !== identity.uid) return false;
      const changed = change(live);
      if (changed === undefined) return false;
      const { uid, resourceVersion } = live;
      try {
        await client.patch(address, { metadata: { uid, resourceVersion, ...changed } });
        return true;
      } catch (error) {
        if (hasReason(error, "NotFound")) return false;
        if (!hasReason(error, "Conflict") || attempt === ATTEMPTS) throw error;
      }
    }
  }

  #find(identity: ObjectIdentity): { resource: ServedResource; address: ObjectAddress; client: ResourceClient } {
    const { apiVersion, kind, namespace, name } = identity;
    const resource = this.#resource(apiVersion, kind);
    if (resource.namespaced && namespace === "") throw new NamespacedOwnerError(apiVersion, kind);
    const client = this.parts.client.resource(resource);
    return { resource, address: resource.namespaced ? { name, namespace } : { name }, client };
  }

  #resource(apiVersion: string, kind: string): ServedResource {
    const resource = this.parts.served.findKind(apiVersion, kind);
    if (resource === undefined) throw new UnknownKindError(apiVersion, kind);
    return resource;
  }
}

/** Takes the references to these owners away. */
export function withoutOwners(uids: ReadonlySet<string>): MetadataChange {
  return ({ ownerReferences = [] }) => {
    const left = ownerReferences.filter(({ uid }) => !uids.has(uid));
    return left.length === ownerReferences.length ? undefined : { ownerReferences: left };
  };
}

function unblocked(reference: OwnerReference): OwnerReference {
  return reference.blockOwnerDeletion === true ? { ...reference, blockOwnerDeletion: false } : reference;
}

/** Lets no owner wait for the object any more. */
export const unblockOwners: MetadataChange = ({ ownerReferences = [] }) =>
  ownerReferences.some(({ blockOwnerDeletion }) => blockOwnerDeletion === true)
    ? { ownerReferences: ownerReferences.map(unblocked) }
    : undefined;

/** Takes a finalizer away. */
export function withoutFinalizer(finalizer: string): MetadataChange {
  return ({ finalizers = [] }) =>
    finalizers.includes(finalizer) ? { finalizers: finalizers.filter((one) => one !== finalizer) } : undefined;
}
