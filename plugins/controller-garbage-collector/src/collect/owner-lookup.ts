import type { OwnerReference } from "@quarterdeck/meta";
import { FOREGROUND_FINALIZER } from "@quarterdeck/meta";
import type { AbsentOwner, AbsentOwners } from "../graph/absent-owners.js";
import { type ObjectIdentity, ownerIdentity } from "../graph/object-identity.js";
import { waitsFor } from "../graph/observed-object.js";
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

/** Told of a dependent that names an owner in another namespace than its own. */
export type OnElsewhere = (dependent: ObjectIdentity, owner: OwnerReference) => void;

/** Finds out what has become of owners; those that are absent are looked for once. */
export class OwnerLookup {
  constructor(
    private readonly live: LiveObjects,
    private readonly absentOwners: AbsentOwners,
    private readonly onElsewhere: OnElsewhere,
  ) {}

  /**
   * What the owners of a dependent are. Throws UnknownKindError and {@link NamespacedOwnerError}, and what the store throws:
   * then nothing is known.
   */
  async statesOf(dependent: ObjectIdentity, references: readonly OwnerReference[]): Promise<OwnerStates> {
    const states: { readonly [state in keyof OwnerStates]: OwnerReference[] } = {
      solid: [],
      dangling: [],
      waiting: [],
    };
    for (const reference of references) states[await this.#stateOf(dependent, reference)].push(reference);
    return states;
  }

  async #stateOf(dependent: ObjectIdentity, reference: OwnerReference): Promise<keyof OwnerStates> {
    const inCluster = ownerIdentity(reference, "");
    const beside = ownerIdentity(reference, dependent.namespace);
    const known = this.absentOwners.get(inCluster) ?? this.absentOwners.get(beside);
    if (known !== undefined) return this.#dangling(dependent, reference, known);
    const namespaced = this.live.isNamespaced(reference);
    if (namespaced && dependent.namespace === "") {
      this.#dangling(dependent, reference, {});
      throw new NamespacedOwnerError(reference.apiVersion, reference.kind);
    }
    const identity = namespaced ? beside : inCluster;
    const owner = await this.live.get(identity);
    if (owner?.uid !== reference.uid) return this.#dangling(dependent, reference, this.absentOwners.add(identity));
    return waitsFor(FOREGROUND_FINALIZER, owner) ? "waiting" : "solid";
  }

  #dangling(dependent: ObjectIdentity, reference: OwnerReference, owner: AbsentOwner): "dangling" {
    owner.elsewhere ??= this.live.isElsewhere(reference, dependent.namespace);
    if (owner.elsewhere) this.onElsewhere(dependent, reference);
    return "dangling";
  }
}
