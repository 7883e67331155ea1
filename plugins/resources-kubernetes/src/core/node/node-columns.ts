import type { KubeObject } from "@quarterdeck/meta";
import type { ColumnOptions } from "@quarterdeck/sdk";
import type * as core from "../../types/core-v1.js";
import { isNode } from "./is-node.js";

const NONE = "<none>";
const UNKNOWN = "<unknown>";
const ROLE_PREFIX = "node-role.kubernetes.io/";
const ROLE = "kubernetes.io/role";

/** Reads a cell from an object that is a node. */
function cell(read: (node: core.Node) => string): (object: KubeObject) => string {
  return (object) => (isNode(object) ? read(object) : "");
}

function statusCell({ spec, status }: core.Node): string {
  const ready = (status.conditions ?? []).findLast(({ type }) => type === "Ready");
  const state = ready === undefined ? "Unknown" : ready.status === "True" ? "Ready" : "NotReady";
  return spec.unschedulable ? `${state},SchedulingDisabled` : state;
}

function rolesCell({ metadata }: core.Node): string {
  const roles = new Set<string>();
  for (const [label, value] of Object.entries(metadata.labels ?? {})) {
    if (label.startsWith(ROLE_PREFIX)) roles.add(label.slice(ROLE_PREFIX.length));
    else if (label === ROLE) roles.add(value);
  }
  roles.delete("");
  return [...roles].sort().join(",") || NONE;
}

function addressOf(type: string): (node: core.Node) => string {
  return ({ status }) => status.addresses?.find((one) => one.type === type)?.address ?? NONE;
}

function kernelCell({ status: { nodeInfo } }: core.Node): string {
  const { kernelVersion, architecture } = nodeInfo;
  return `${kernelVersion || UNKNOWN}${architecture === "" ? "" : ` (${architecture})`}`;
}

/** The columns of `kubectl get nodes` on either side of the age. */
export const NODE_COLUMNS = {
  status: {
    name: "Status",
    type: "string",
    description: "Whether it is ready, and takes pods",
    value: cell(statusCell),
  },
  roles: { name: "Roles", type: "string", description: "What it is for, as its labels say", value: cell(rolesCell) },
  version: {
    name: "Version",
    type: "string",
    description: "The version of its kubelet",
    value: cell(({ status }) => status.nodeInfo.kubeletVersion),
  },
  internalIp: {
    name: "Internal-IP",
    type: "string",
    priority: 1,
    description: "Its address within the cluster",
    value: cell(addressOf("InternalIP")),
  },
  externalIp: {
    name: "External-IP",
    type: "string",
    priority: 1,
    description: "Its address for the rest of the world",
    value: cell(addressOf("ExternalIP")),
  },
  osImage: {
    name: "OS-Image",
    type: "string",
    priority: 1,
    description: "The operating system",
    value: cell(({ status }) => status.nodeInfo.osImage || UNKNOWN),
  },
  kernel: {
    name: "Kernel-Version",
    type: "string",
    priority: 1,
    description: "The kernel, and the architecture that it is for",
    value: cell(kernelCell),
  },
  runtime: {
    name: "Container-Runtime",
    type: "string",
    priority: 1,
    description: "What runs the containers, and its version",
    value: cell(({ status }) => status.nodeInfo.containerRuntimeVersion || UNKNOWN),
  },
} as const satisfies { readonly [name: string]: ColumnOptions };
