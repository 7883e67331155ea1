import type { KubeObject, UserInfo } from "@quarterdeck/meta";
import {
  type AuthorizationAttributes,
  type AuthorizationDecision,
  type Authorizer,
  Injectable,
  type Lifecycle,
  type Lister,
  ListerOf,
  type UserRules,
} from "@quarterdeck/sdk";
import { textAt } from "./json-paths.js";
import {
  claimDecision,
  csiNodeDecision,
  getOf,
  leaseDecision,
  type NodeDecision,
  nodeDecision,
  podDecision,
  readOf,
  sliceDecision,
  tokenDecision,
} from "./node-decisions.js";
import { type GraphObject, NodeGraph } from "./node-graph.js";
import { nodeOf } from "./node-identity.js";
import { everyNodeMay } from "./node-rules.js";
import { podNeeds } from "./pod-needs.js";
import { volumeSecrets } from "./volume-secrets.js";

const NO_OPINION: AuthorizationDecision = { decision: "no-opinion" };
const ALLOW: AuthorizationDecision = { decision: "allow" };
const NO_RULES: UserRules = { resourceRules: [], nonResourceRules: [], incomplete: false };
const UNLISTED: UserRules = {
  ...NO_RULES,
  incomplete: true,
  evaluationError: "node authorizer does not support user rule resolution",
};

/** The resources of which a node may do something to some objects, by `resource.group`. */
const DECISIONS: ReadonlyMap<string, NodeDecision> = new Map<string, NodeDecision>([
  ["secrets.", readOf("secret")],
  ["configmaps.", readOf("configmap")],
  ["persistentvolumeclaims.", claimDecision],
  ["persistentvolumes.", getOf("pv")],
  ["resourceclaims.resource.k8s.io", getOf("resourceclaim")],
  ["volumeattachments.storage.k8s.io", getOf("volumeattachment")],
  ["serviceaccounts.", tokenDecision],
  ["leases.coordination.k8s.io", leaseDecision],
  ["csinodes.storage.k8s.io", csiNodeDecision],
  ["resourceslices.resource.k8s.io", sliceDecision],
  ["nodes.", nodeDecision],
  ["pods.", podDecision],
]);

function graphObject(kind: GraphObject["kind"], { metadata }: KubeObject): GraphObject {
  return { kind, namespace: metadata.namespace ?? "", name: metadata.name ?? "" };
}

/**
 * Lets each kubelet do what its own pods need and no more; upstream's mode `Node`. Whoever is no node, and whatever no rule
 * is about, is left to the next authorizer. Resources that the config does not serve relate to nothing.
 */
@Injectable()
export class NodeAuthorizer implements Authorizer, Lifecycle {
  readonly #graph = new NodeGraph();
  readonly #ends: (() => void)[] = [];

  constructor(
    @ListerOf({ group: "", resource: "pods" }, { optional: true }) pods: Lister | undefined,
    @ListerOf({ group: "", resource: "persistentvolumes" }, { optional: true }) volumes: Lister | undefined,
    @ListerOf({ group: "storage.k8s.io", resource: "volumeattachments" }, { optional: true })
    attachments: Lister | undefined,
    @ListerOf({ group: "resource.k8s.io", resource: "resourceslices" }, { optional: true }) slices: Lister | undefined,
  ) {
    this.#observe(
      pods,
      (pod) => this.#setPod(pod),
      (pod) => this.#graph.untie(graphObject("pod", pod)),
    );
    this.#observe(
      volumes,
      (one) => this.#setVolume(one),
      (one) => this.#graph.unbind(graphObject("pv", one)),
    );
    this.#observeOwned(attachments, "volumeattachment");
    this.#observeOwned(slices, "resourceslice");
  }

  stop(): void {
    for (const end of this.#ends) end();
  }

  authorize(attributes: AuthorizationAttributes): AuthorizationDecision {
    const { user } = attributes;
    const node = nodeOf(user);
    if (node === undefined) return NO_OPINION;
    if (node === "") return { decision: "no-opinion", reason: `unknown node for user ${JSON.stringify(user.name)}` };
    const decide = attributes.isResourceRequest
      ? DECISIONS.get(`${attributes.resource}.${attributes.apiGroup}`)
      : undefined;
    if (decide !== undefined) return decide(attributes, node, this.#graph);
    return everyNodeMay(attributes) ? ALLOW : NO_OPINION;
  }

  rulesFor(user: UserInfo): UserRules {
    return nodeOf(user) === undefined ? NO_RULES : UNLISTED;
  }

  #observe(lister: Lister | undefined, set: (object: KubeObject) => void, remove: (object: KubeObject) => void): void {
    if (lister === undefined) return;
    this.#ends.push(lister.observe(({ type, object }) => (type === "DELETED" ? remove(object) : set(object))));
  }

  /** Objects that name their node themselves. */
  #observeOwned(lister: Lister | undefined, kind: "volumeattachment" | "resourceslice"): void {
    const remove = (object: KubeObject): void => this.#graph.untie(graphObject(kind, object));
    const set = (object: KubeObject): void => {
      const node = textAt(object, "spec", "nodeName");
      if (node === "") remove(object);
      else this.#graph.tie(graphObject(kind, object), node, []);
    };
    this.#observe(lister, set, remove);
  }

  #setPod(pod: KubeObject): void {
    const node = textAt(pod, "spec", "nodeName");
    if (node === "") this.#graph.untie(graphObject("pod", pod));
    else this.#graph.tie(graphObject("pod", pod), node, podNeeds(pod));
  }

  #setVolume(volume: KubeObject): void {
    const namespace = textAt(volume, "spec", "claimRef", "namespace");
    const name = textAt(volume, "spec", "claimRef", "name");
    if (name === "") this.#graph.unbind(graphObject("pv", volume));
    else this.#graph.bind(graphObject("pv", volume), { kind: "pvc", namespace, name }, volumeSecrets(volume));
  }
}
