import { parseFieldSelector } from "@quarterdeck/meta";
import type { AuthorizationAttributes, AuthorizationDecision } from "@quarterdeck/sdk";
import type { GraphKind, NodeGraph } from "./node-graph.js";

/** What a node is told about one kind of resource; `node` asks, `graph` knows what belongs to it. */
export type NodeDecision = (asked: AuthorizationAttributes, node: string, graph: NodeGraph) => AuthorizationDecision;

const ALLOW: AuthorizationDecision = { decision: "allow" };
const LEASES = "kube-node-lease";
const OWN_VERBS = ["get", "create", "update", "patch", "delete"];
const SLICE_VERBS = "get, watch, list, create, update, patch, delete, deletecollection";

/** No opinion: another authorizer may still allow it. */
function no(reason = ""): AuthorizationDecision {
  return reason === "" ? { decision: "no-opinion" } : { decision: "no-opinion", reason };
}

function related(kind: GraphKind, asked: AuthorizationAttributes, node: string, graph: NodeGraph) {
  const { namespace, name } = asked;
  if (name === "") return no("No Object name found");
  const known = graph.relates({ kind, namespace, name }, node);
  return known ? ALLOW : no(`no relationship found between node '${node}' and this object`);
}

/** The value that a selector fixes a field to. */
function selects({ fieldSelector }: AuthorizationAttributes, field: string, value: string): boolean {
  if (fieldSelector === "") return false;
  try {
    return parseFieldSelector(fieldSelector).exact(field) === value;
  } catch {
    return false;
  }
}

/** Reads of a single object that the node needs. */
export function readOf(kind: GraphKind): NodeDecision {
  return (asked, node, graph) => {
    if (!["get", "list", "watch"].includes(asked.verb)) return no("can only read resources of this type");
    if (asked.subresource !== "") return no("cannot read subresource");
    if (asked.namespace === "") return no("can only read namespaced object of this type");
    return related(kind, asked, node, graph);
  };
}

/** A get of an object that the node needs. */
export function getOf(kind: GraphKind): NodeDecision {
  return (asked, node, graph) => {
    if (asked.verb !== "get") return no("can only get individual resources of this type");
    if (asked.subresource !== "") return no("cannot get subresource");
    return related(kind, asked, node, graph);
  };
}

/** A claim is read, and its status is written when it was resized. */
export const claimDecision: NodeDecision = (asked, node, graph) => {
  if (asked.subresource !== "status") return getOf("pvc")(asked, node, graph);
  if (!["update", "patch"].includes(asked.verb)) return no("can only get/update/patch this type");
  return related("pvc", asked, node, graph);
};

/** Tokens of the service accounts that pods of the node run as. */
export const tokenDecision: NodeDecision = (asked, node, graph) => {
  if (asked.verb !== "create" || asked.name === "") return no("can only create tokens for individual service accounts");
  if (asked.subresource !== "token") return no("can only create token subresource of serviceaccount");
  return related("serviceaccount", asked, node, graph);
};

/** The node's own lease. */
export const leaseDecision: NodeDecision = ({ verb, namespace, name }, node) => {
  if (!OWN_VERBS.includes(verb)) return no("can only get, create, update, patch, or delete a node lease");
  if (namespace !== LEASES) return no(`can only access leases in the "${LEASES}" system namespace`);
  // The name of a new one is not known yet.
  if (verb !== "create" && name !== node) {
    return no("can only access node lease with the same name as the requesting node");
  }
  return ALLOW;
};

/** The node's own CSINode. */
export const csiNodeDecision: NodeDecision = ({ verb, subresource, name }, node) => {
  if (!OWN_VERBS.includes(verb)) return no("can only get, create, update, patch, or delete a CSINode");
  if (subresource !== "") return no("cannot authorize CSINode subresources");
  if (verb !== "create" && name !== node) {
    return no("can only access CSINode with the same name as the requesting node");
  }
  return ALLOW;
};

/** Slices that name the node. */
export const sliceDecision: NodeDecision = (asked, node, graph) => {
  if (asked.subresource !== "") return no("cannot authorize ResourceSlice subresources");
  switch (asked.verb) {
    case "create":
      return ALLOW;
    case "get":
    case "update":
    case "patch":
    case "delete":
      return related("resourceslice", asked, node, graph);
    case "watch":
    case "list":
    case "deletecollection":
      if (selects(asked, "nodeName", node)) return ALLOW;
      return no("can only list/watch/deletecollection resourceslices with nodeName field selector");
    default:
      return no(`only the following verbs are allowed for a ResourceSlice: ${SLICE_VERBS}`);
  }
};

/** The node's own Node. */
export const nodeDecision: NodeDecision = ({ verb, subresource, name }, node) => {
  if (subresource === "status") return verb === "update" || verb === "patch" ? ALLOW : no();
  if (subresource !== "") return no();
  if (["create", "update", "patch"].includes(verb)) return ALLOW;
  if (!["get", "list", "watch"].includes(verb)) return no();
  if (name === node) return ALLOW;
  if (name === "") return no(`node '${node}' cannot read all nodes, only its own Node object`);
  return no(`node '${node}' cannot read '${name}', only its own Node object`);
};

function podItself(asked: AuthorizationAttributes, node: string, graph: NodeGraph): AuthorizationDecision {
  switch (asked.verb) {
    case "get":
      return related("pod", asked, node, graph);
    case "list":
    case "watch":
      if (selects(asked, "spec.nodeName", node)) return ALLOW;
      if (asked.name !== "") return related("pod", asked, node, graph);
      return no("can only list/watch pods with spec.nodeName field selector");
    case "create":
    case "delete":
      return ALLOW;
    default:
      return no();
  }
}

/** Pods of the node; which ones it may write is for admission to say. */
export const podDecision: NodeDecision = (asked, node, graph) => {
  if (asked.subresource === "") return podItself(asked, node, graph);
  if (asked.subresource === "status") return asked.verb === "update" || asked.verb === "patch" ? ALLOW : no();
  return asked.subresource === "eviction" && asked.verb === "create" ? ALLOW : no();
};
