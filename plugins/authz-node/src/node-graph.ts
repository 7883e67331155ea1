/** A kind of object that a node may be related to. */
export type GraphKind =
  | "pod"
  | "secret"
  | "configmap"
  | "pvc"
  | "pv"
  | "resourceclaim"
  | "volumeattachment"
  | "serviceaccount"
  | "resourceslice";

/** An object in the graph; the namespace is empty for cluster-scoped kinds. */
export interface GraphObject {
  readonly kind: GraphKind;
  readonly namespace: string;
  readonly name: string;
}

function keyOf({ kind, namespace, name }: GraphObject): string {
  return `${kind}/${namespace}/${name}`;
}

/** What a volume leads to: the claim that it is bound to, and the secrets that are needed to mount it. */
interface VolumeLinks {
  readonly claim: string;
  readonly secrets: readonly string[];
}

/**
 * Which objects a node has to do with, through the pods that run on it; upstream's graph of the node authorizer:
 * node ← pod ← secret, config map, claim, resource claim and service account; claim ← volume ← secret; and attachments and
 * slices that name a node themselves. Every question is answered by a few look-ups, however many pods share an object.
 */
export class NodeGraph {
  /** By object, how many pods (or the object itself) tie it to each node. */
  readonly #nodes = new Map<string, Map<string, number>>();
  /** By the one that ties, what it ties to which node; taken back when it changes. */
  readonly #ties = new Map<string, { readonly node: string; readonly targets: readonly string[] }>();
  readonly #volumes = new Map<string, VolumeLinks>();
  readonly #volumesOfSecret = new Map<string, Set<string>>();

  /** Says that `owner` and what it needs belong to a node; in place of what was said of `owner` before. */
  tie(owner: GraphObject, node: string, needs: readonly GraphObject[]): void {
    this.untie(owner);
    const targets = [...new Set([keyOf(owner), ...needs.map(keyOf)])];
    this.#ties.set(keyOf(owner), { node, targets });
    for (const target of targets) {
      const counts = this.#nodes.get(target) ?? new Map<string, number>();
      this.#nodes.set(target, counts.set(node, (counts.get(node) ?? 0) + 1));
    }
  }

  untie(owner: GraphObject): void {
    const tie = this.#ties.get(keyOf(owner));
    if (tie === undefined) return;
    this.#ties.delete(keyOf(owner));
    for (const target of tie.targets) {
      const counts = this.#nodes.get(target);
      const left = (counts?.get(tie.node) ?? 1) - 1;
      if (left > 0) counts?.set(tie.node, left);
      else counts?.delete(tie.node);
      if (counts?.size === 0) this.#nodes.delete(target);
    }
  }

  /** Says which claim a volume is bound to, and which secrets a node needs to mount it. */
  bind(volume: GraphObject, claim: GraphObject, secrets: readonly GraphObject[]): void {
    this.unbind(volume);
    const key = keyOf(volume);
    const links = { claim: keyOf(claim), secrets: secrets.map(keyOf) };
    this.#volumes.set(key, links);
    for (const secret of links.secrets) {
      const volumes = this.#volumesOfSecret.get(secret) ?? new Set<string>();
      this.#volumesOfSecret.set(secret, volumes.add(key));
    }
  }

  unbind(volume: GraphObject): void {
    const key = keyOf(volume);
    for (const secret of this.#volumes.get(key)?.secrets ?? []) {
      const volumes = this.#volumesOfSecret.get(secret);
      volumes?.delete(key);
      if (volumes?.size === 0) this.#volumesOfSecret.delete(secret);
    }
    this.#volumes.delete(key);
  }

  /** True when there is a way from the object to the node. */
  relates(object: GraphObject, node: string): boolean {
    const key = keyOf(object);
    if (this.#nodes.get(key)?.has(node) === true) return true;
    if (object.kind === "pv") return this.#volumeRelates(key, node);
    if (object.kind !== "secret") return false;
    for (const volume of this.#volumesOfSecret.get(key) ?? []) if (this.#volumeRelates(volume, node)) return true;
    return false;
  }

  #volumeRelates(volume: string, node: string): boolean {
    const claim = this.#volumes.get(volume)?.claim;
    return claim !== undefined && this.#nodes.get(claim)?.has(node) === true;
  }
}
