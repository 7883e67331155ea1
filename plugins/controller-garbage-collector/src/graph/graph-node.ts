import type { OwnerReference } from "@quarterdeck/meta";
import type { ObjectIdentity } from "./object-identity.js";

const NOBODY: ReadonlySet<GraphNode> = new Set();

/** An object in the graph, or one that others name as their owner and that nobody has seen yet. */
export class GraphNode {
  owners: readonly OwnerReference[] = [];
  beingDeleted = false;
  deletingDependents = false;
  orphaningDependents = false;
  /** Most objects have none, so the set comes with the first. */
  #dependents: Set<GraphNode> | undefined;

  constructor(
    public identity: ObjectIdentity,
    /** True while it is known only by the references of others; they may be wrong about all but its uid. */
    public virtual = false,
  ) {}

  /** The objects that name this one as an owner. */
  get dependents(): ReadonlySet<GraphNode> {
    return this.#dependents ?? NOBODY;
  }

  /** True when the graph can do without it: nothing hangs on it, and it hangs on nothing. */
  get idle(): boolean {
    const waits = this.deletingDependents || this.orphaningDependents;
    return this.owners.length === 0 && this.#dependents === undefined && !waits;
  }

  add(dependent: GraphNode): void {
    this.#dependents ??= new Set();
    this.#dependents.add(dependent);
  }

  remove(dependent: GraphNode): void {
    this.#dependents?.delete(dependent);
    if (this.#dependents?.size === 0) this.#dependents = undefined;
  }

  /** The dependents that a deletion in the foreground waits for. */
  get blockingDependents(): readonly GraphNode[] {
    const { uid } = this.identity;
    const blocks = (reference: OwnerReference): boolean =>
      reference.uid === uid && reference.blockOwnerDeletion === true;
    return [...this.dependents].filter(({ owners }) => owners.some(blocks));
  }
}
