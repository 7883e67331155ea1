import type { ColumnOptions } from "@quarterdeck/sdk";
import { typedText } from "../../columns/typed-cell.js";
import type * as core from "../../types/core-v1.js";

const NONE = "<none>";
const UNKNOWN = "<unknown>";
const ROLE_PREFIX = "node-role.kubernetes.io/";
const ROLE = "kubernetes.io/role";

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
    value: typedText<core.Node>(statusCell),
  },
  roles: {
    name: "Roles",
    type: "string",
    description: "What it is for, as its labels say",
    value: typedText<core.Node>(rolesCell),
  },
  version: {
    name: "Version",
    type: "string",
    description: "The version of its kubelet",
    value: typedText<core.Node>(({ status }) => status.nodeInfo.kubeletVersion),
  },
  internalIp: {
    name: "Internal-IP",
    type: "string",
    priority: 1,
    description: "Its address within the cluster",
    value: typedText<core.Node>(addressOf("InternalIP")),
  },
  externalIp: {
    name: "External-IP",
    type: "string",
    priority: 1,
    description: "Its address for the rest of the world",
    value: typedText<core.Node>(addressOf("ExternalIP")),
  },
  osImage: {
    name: "OS-Image",
    type: "string",
    priority: 1,
    description: "The operating system",
    value: typedText<core.Node>(({ status }) => status.nodeInfo.osImage || UNKNOWN),
  },
  kernel: {
    name: "Kernel-Version",
    type: "string",
    priority: 1,
    description: "The kernel, and the architecture that it is for",
    value: typedText<core.Node>(kernelCell),
  },
  runtime: {
    name: "Container-Runtime",
    type: "string",
    priority: 1,
    description: "What runs the containers, and its version",
    value: typedText<core.Node>(({ status }) => status.nodeInfo.containerRuntimeVersion || UNKNOWN),
  },
} as const satisfies { readonly [name: string]: ColumnOptions };
