import { isJsonObject, type KubeObject } from "@quarterdeck/meta";
import type { ColumnOptions } from "@quarterdeck/sdk";
import { labelCell } from "../../columns/label-cell.js";
import { loadBalancerCell } from "../../columns/list-cell.js";
import type * as core from "../../types/core-v1.js";

const NONE = "<none>";

function isService(object: object): object is core.Service {
  return "spec" in object && isJsonObject(object.spec) && "status" in object && isJsonObject(object.status);
}

/** Reads a cell from an object that is a service. */
function cell(read: (service: core.Service) => string): (object: KubeObject) => string {
  return (object) => (isService(object) ? read(object) : "");
}

function externalCell({ spec, status }: core.Service): string {
  const { type, externalIPs = [] } = spec;
  if (type === "ExternalName") return spec.externalName ?? "";
  if (type === "ClusterIP" || type === "NodePort") return externalIPs.join(",") || NONE;
  if (type !== "LoadBalancer") return "<unknown>";
  const answers = loadBalancerCell(status.loadBalancer.ingress);
  return [...(answers === "" ? [] : [answers]), ...externalIPs].join(",") || "<pending>";
}

function portsCell({ spec }: core.Service): string {
  const texts = (spec.ports ?? []).map(({ port, protocol = "", nodePort = 0 }) =>
    nodePort > 0 ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
  );
  return texts.join(",") || NONE;
}

/** The columns of `kubectl get services` on either side of the age. */
export const SERVICE_COLUMNS = {
  type: { name: "Type", type: "string", description: "How it is reached", value: cell(({ spec }) => spec.type ?? "") },
  clusterIp: {
    name: "Cluster-IP",
    type: "string",
    description: "Its address within the cluster",
    value: cell(({ spec }) => spec.clusterIPs?.[0] ?? NONE),
  },
  externalIp: {
    name: "External-IP",
    type: "string",
    description: "Where it is reached from outside",
    value: cell(externalCell),
  },
  ports: {
    name: "Port(s)",
    type: "string",
    description: "Its ports, and those on the nodes",
    value: cell(portsCell),
  },
  selector: {
    name: "Selector",
    type: "string",
    priority: 1,
    description: "The labels of its pods",
    value: cell(({ spec }) => labelCell(spec.selector)),
  },
} as const satisfies { readonly [name: string]: ColumnOptions };
