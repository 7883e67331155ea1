import type { OwnerReference } from "@quarterdeck/meta";
import type { AbsentOwners } from "../graph/absent-owners.js";
import { type ObjectIdentity, ownerIdentity } from "../graph/object-identity.js";
import { FOREGROUND, waitsFor } from "../graph/observed-object.js";
import type { LiveObjects } from "../live/live-objects.js";
import { NamespacedOwnerError } from "../live/namespaced-owner-error.js";

/** The references of an object by what has become of the owners. */
export interface OwnerStates {
  /** Of owners that are there and do not wait for their dependents to go. */
  readonly solid: readonly OwnerReference[];
  /** Of owners that do not exist. */
  readonly dangling: readonly OwnerReference[];
  /** Of owners that are deleted in the foreground. */
  readonly waiting: readonly OwnerReference[];
}

/** Finds out what has become of owners; those that are absent are looked for once. */
export class OwnerLookup {
  constructor(
    private readonly live: LiveObjects,
    private readonly absentOwners: AbsentOwners,
  ) {}

  /**
   * What the owners of a dependent are. Throws UnknownKindError and {@link NamespacedOwnerError}, and what the store throws:
   * then nothing is known.
   */
  async statesOf(dependent: ObjectIdentity, references: readonly OwnerReference[]): Promise<OwnerStates> {
    const states = { solid: [], dangling: [], waiting: [] } satisfies { [state: string]: OwnerReference[] };
    const sorted: { [state in keyof OwnerStates]: OwnerReference[] } = states;
    for (const reference of references) sorted[await this.#stateOf(dependent, reference)].push(reference);
    return sorted;
  }

  async #stateOf({ namespace }: ObjectIdentity, reference: OwnerReference): Promise<keyof OwnerStates> {
    const inCluster = ownerIdentity(reference, "");
    const beside = ownerIdentity(reference, namespace);
    if (this.absentOwners.has(inCluster) || this.absentOwners.has(beside)) return "dangling";
    const namespaced = this.live.isNamespaced(reference);
    if (namespaced && namespace === "") throw new NamespacedOwnerError(reference.apiVersion, reference.kind);
    const identity = namespaced ? beside : inCluster;
    const owner = await this.live.get(identity);
    if (owner?.uid !== reference.uid) {
      this.absentOwners.add(identity);
      return "dangling";
    }
    return waitsFor(FOREGROUND, owner) ? "waiting" : "solid";
  }
}
