import type { OwnerReference } from "@quarterdeck/meta";
import type { AbsentOwners } from "./absent-owners.js";
import { agreementOn, alternativeOf } from "./alternatives.js";
import { GraphNode } from "./graph-node.js";
import { type ObjectIdentity, ownerIdentity, refersTo, sameIdentity } from "./object-identity.js";
import type { ObservedObject } from "./observed-object.js";
import { referenceChanges } from "./reference-changes.js";

/** What the graph finds that has to be looked at. */
export interface GraphFindings {
  /** The object may have to go, or may go on with its own deletion. */
  suspect(node: GraphNode): void;
  /** The object waits to be told that its dependents are its own no more. */
  orphans(node: GraphNode): void;
}

/** Finds the object that an identity means, right in every part, among those that observers tell of. */
export type FindObject = (meant: ObjectIdentity) => ObjectIdentity | undefined;

const NOT_DELETED = { beingDeleted: false, deletingDependents: false, orphaningDependents: false };

/**
 * Who owns whom, by uid, as observers tell it; upstream's graph builder. An object without owners and dependents is no node:
 * it is found when a dependent names it. An owner that is not found is a virtual node, to be looked for in the store. A node
 * is what identifies an object, its references and three flags.
 */
export class ObjectGraph {
  readonly #nodes = new Map<string, GraphNode>();

  constructor(
    private readonly findings: GraphFindings,
    private readonly absentOwners: AbsentOwners,
    private readonly find: FindObject,
  ) {}

  get(uid: string): GraphNode | undefined {
    return this.#nodes.get(uid);
  }

  nodes(): Iterable<GraphNode> {
    return this.#nodes.values();
  }

  /** An object came or has changed. */
  observe(object: ObservedObject): void {
    const { identity, owners, deletingDependents, orphaningDependents } = object;
    const known = this.#nodes.get(identity.uid);
    if (known === undefined && owners.length === 0 && !deletingDependents && !orphaningDependents) return;
    const node = known ?? this.#insert(new GraphNode(identity));
    this.#reveal(node, identity);
    this.#rejoin(node, owners);
    this.#advance(node, object);
    this.#prune(node);
  }

  /** The store has what a virtual node stands for. False when no observer tells of it, so that its end will not be told. */
  confirm(node: GraphNode): boolean {
    const identity = node.virtual ? this.find(node.identity) : undefined;
    if (identity !== undefined) this.#reveal(node, identity);
    return !node.virtual;
  }

  /** An object has gone. */
  forget(identity: ObjectIdentity): void {
    const node = this.#nodes.get(identity.uid);
    if (node === undefined) return;
    this.#reveal(node, identity);
    this.#remove(node, identity);
  }

  /**
   * The store has no such object, which only whoever looked for it knows. True when the uid has another meaning that is to
   * be looked for now.
   */
  absent(identity: ObjectIdentity): boolean {
    const node = this.#nodes.get(identity.uid);
    if (node === undefined) return false;
    const { agreeing, disagreeing } = agreementOn(identity, node.dependents);
    const isMeant = sameIdentity(node.identity, identity);
    if (node.virtual ? disagreeing.length === 0 : isMeant) {
      this.#remove(node, identity);
      return false;
    }
    if (agreeing.length > 0) this.absentOwners.add(identity);
    for (const dependent of agreeing) this.findings.suspect(dependent);
    if (!node.virtual || !isMeant) return false;
    const alternative = alternativeOf(identity, disagreeing);
    if (alternative !== undefined) node.identity = alternative;
    return alternative !== undefined;
  }

  /**
   * Nobody tells of this kind any more. What others name as their owner has to be looked for, like one that nobody has told
   * of; of the rest nothing is known, so no owner waits for it.
   */
  lose(apiVersion: string, kind: string): void {
    for (const node of [...this.#nodes.values()]) {
      if (node.virtual || node.identity.kind !== kind || node.identity.apiVersion !== apiVersion) continue;
      this.#detach(node);
      if (node.dependents.size === 0) {
        this.#nodes.delete(node.identity.uid);
        continue;
      }
      Object.assign(node, { owners: [], virtual: true, ...NOT_DELETED });
      this.findings.suspect(node);
    }
  }

  /** Corrects what was believed of an owner by the references to it, once it has been seen. */
  #reveal(node: GraphNode, identity: ObjectIdentity): void {
    if (!node.virtual) return;
    node.virtual = false;
    if (sameIdentity(node.identity, identity)) return;
    node.identity = identity;
    for (const dependent of agreementOn(identity, node.dependents).disagreeing) this.findings.suspect(dependent);
  }

  #rejoin(node: GraphNode, owners: readonly OwnerReference[]): void {
    const changes = referenceChanges(node.owners, owners);
    if (changes === undefined) return;
    for (const uid of changes.unblocked) this.#suspect(uid);
    node.owners = owners;
    this.#join(node, changes.added);
    this.#leave(node, changes.removed);
  }

  #advance(node: GraphNode, object: ObservedObject): void {
    const { beingDeleted, deletingDependents, orphaningDependents } = object;
    const beginsOrphaning = orphaningDependents && !node.orphaningDependents;
    const beginsDeleting = deletingDependents && !node.deletingDependents;
    Object.assign(node, { beingDeleted, deletingDependents, orphaningDependents });
    if (beginsOrphaning) this.findings.orphans(node);
    else if (beginsDeleting) {
      for (const dependent of node.dependents) this.findings.suspect(dependent);
      this.findings.suspect(node);
    }
  }

  /** Makes a node a dependent of the owners that it names, and looks at it when it may be wrong about one. */
  #join(node: GraphNode, owners: readonly OwnerReference[]): void {
    let doubtful = false;
    for (const reference of owners) {
      const owner = this.#nodes.get(reference.uid) ?? this.#insert(this.#ownerOf(node, reference));
      owner.add(node);
      doubtful ||= this.#doubts(node, reference, owner);
    }
    if (doubtful) this.findings.suspect(node);
  }

  /** An owner that was no node until now. */
  #ownerOf({ identity }: GraphNode, reference: OwnerReference): GraphNode {
    const meant = ownerIdentity(reference, identity.namespace);
    // What has owners itself would be a node, or its observer has not told of it yet.
    const found = this.find(meant);
    if (found !== undefined) return new GraphNode(found);
    const virtual = new GraphNode(meant, true);
    this.findings.suspect(virtual);
    return virtual;
  }

  #doubts(node: GraphNode, reference: OwnerReference, { identity, virtual }: GraphNode): boolean {
    const elsewhere = identity.namespace !== node.identity.namespace;
    // An unseen owner without a namespace may be of a kind with namespaces that a cluster-scoped object names wrongly.
    return !refersTo(reference, identity) || (elsewhere && (identity.namespace !== "" || virtual));
  }

  #insert(node: GraphNode): GraphNode {
    this.#nodes.set(node.identity.uid, node);
    return node;
  }

  #leave(node: GraphNode, owners: readonly OwnerReference[]): void {
    for (const { uid } of owners) {
      const owner = this.#nodes.get(uid);
      owner?.remove(node);
      if (owner !== undefined) this.#prune(owner);
    }
  }

  #prune(node: GraphNode): void {
    if (node.idle) this.#nodes.delete(node.identity.uid);
  }

  #remove(node: GraphNode, identity: ObjectIdentity): void {
    this.#nodes.delete(node.identity.uid);
    if (node.dependents.size > 0) this.absentOwners.add(identity);
    for (const dependent of node.dependents) this.findings.suspect(dependent);
    this.#detach(node);
  }

  #detach(node: GraphNode): void {
    this.#leave(node, node.owners);
    // Perhaps this one was the last that its owner waited for.
    for (const { uid } of node.owners) if (this.#nodes.get(uid)?.deletingDependents) this.#suspect(uid);
  }

  #suspect(uid: string): void {
    const node = this.#nodes.get(uid);
    if (node !== undefined) this.findings.suspect(node);
  }
}
