import type { ObjectMeta, OwnerReference } from "@quarterdeck/meta";
import { type CollectorParts, collectObject } from "./collect/collect-object.js";
import { OwnerLookup } from "./collect/owner-lookup.js";
import { AbsentOwners } from "./graph/absent-owners.js";
import { ObjectGraph } from "./graph/object-graph.js";
import { identityText, type ObjectIdentity } from "./graph/object-identity.js";
import { observedObject } from "./graph/observed-object.js";
import { LiveObjects } from "./live/live-objects.js";
import { MemoryCluster } from "./memory-cluster.fixture.js";

/** An identity in one line. */
export function identity(
  apiVersion: string,
  kind: string,
  namespace: string,
  name: string,
  uid: string,
): ObjectIdentity {
  return { apiVersion, kind, namespace, name, uid };
}

/** A reference to an object. */
export function referenceTo(
  { apiVersion, kind, name, uid }: ObjectIdentity,
  more: Partial<OwnerReference> = {},
): OwnerReference {
  return { apiVersion, kind, name, uid, ...more };
}

/** A collector whose turns a test takes one by one, over a cluster in memory. */
export class Scene {
  readonly cluster = new MemoryCluster();
  readonly absentOwners = new AbsentOwners(100);
  #told: readonly ObjectIdentity[] = [];
  readonly graph: ObjectGraph;
  readonly parts: CollectorParts;
  /** The uids of what is to be looked at, in order. */
  readonly suspects = new Set<string>();
  readonly orphaning: string[] = [];
  /** Who names an owner in another namespace. */
  readonly invalid: string[] = [];

  constructor() {
    const suspect: CollectorParts["suspect"] = ({ identity: { uid } }) => this.suspects.add(uid);
    this.graph = new ObjectGraph(
      {
        suspect,
        orphans: ({ identity: { uid } }) => this.orphaning.push(uid),
      },
      this.absentOwners,
      (meant) => this.#told.find((one) => this.#isMeant(one, meant)),
    );
    const live = new LiveObjects(this.cluster);
    const owners = new OwnerLookup(live, this.absentOwners, (dependent, owner) =>
      this.invalid.push(`${dependent.name} of ${owner.name}`),
    );
    this.parts = { graph: this.graph, live, owners, suspect };
  }

  /** A kind is meant in any version that is served, and the namespace of what has none may be any. */
  #isMeant({ uid, kind, name, namespace }: ObjectIdentity, meant: ObjectIdentity): boolean {
    const resource = this.cluster.served.findKind(meant.apiVersion, meant.kind);
    const place = resource?.namespaced === true ? meant.namespace : "";
    return resource?.kind === kind && meant.uid === uid && meant.name === name && place === namespace;
  }

  /** An observer tells of an object with these owners. */
  observe(which: ObjectIdentity, owners: readonly ObjectIdentity[] = [], more: ObjectMeta = {}): void {
    const { apiVersion, kind, namespace, name, uid } = which;
    this.#told = [...this.#told.filter((one) => one.uid !== uid), which];
    const ownerReferences = owners.map((one) => referenceTo(one));
    const metadata = { namespace, name, uid, ownerReferences, ...more };
    this.graph.observe(observedObject(apiVersion, kind, metadata));
  }

  /** An observer tells that an object is gone. */
  forget(which: ObjectIdentity): void {
    this.#told = this.#told.filter((one) => one.uid !== which.uid);
    this.graph.forget(which);
  }

  /** Stores an object and has an observer tell of it. */
  add(which: ObjectIdentity, owners: readonly ObjectIdentity[] = [], more: ObjectMeta = {}): void {
    const metadata = { ownerReferences: owners.map((one) => referenceTo(one)), ...more };
    this.cluster.put(which, metadata);
    this.observe(which, [], metadata);
  }

  /** Looks at the first that is to be looked at: what that came to, and what was asked of the cluster. */
  async turn(): Promise<readonly [outcome: "done" | "again" | string, ...actions: string[]]> {
    const [uid = ""] = this.suspects;
    this.suspects.delete(uid);
    const node = this.graph.get(uid);
    if (node === undefined) return ["gone"];
    try {
      const done = await collectObject(this.parts, node);
      if (!done) this.suspects.add(uid);
      return [done ? "done" : "again", ...this.cluster.taken()];
    } catch (error) {
      this.suspects.add(uid);
      return [error instanceof Error ? error.name : "", ...this.cluster.taken()];
    }
  }

  /** All nodes, the virtual ones with a question mark. */
  get nodes(): string[] {
    return [...this.graph.nodes()].map(({ identity: is, virtual }) => identityText(is) + (virtual ? "?" : "")).sort();
  }
}

/** Identities as {@link Scene.nodes} prints them. */
export function nodes(...all: readonly (ObjectIdentity | readonly [virtual: ObjectIdentity])[]): string[] {
  return all.map((one) => ("uid" in one ? identityText(one) : `${identityText(one[0])}?`)).sort();
}
