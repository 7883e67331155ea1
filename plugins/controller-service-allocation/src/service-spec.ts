import { isJsonObject, type KubeObject } from "@quarterdeck/meta";
import type { ServiceOwner } from "@quarterdeck/service-network";

/** A service as far as it has taken something. */
export interface HoldingService {
  readonly object: KubeObject;
  readonly owner: ServiceOwner;
  readonly clusterIPs: readonly string[];
  readonly nodePorts: readonly number[];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** Reads what a service holds: no address when it is headless or a name, each port once whatever the protocols. */
export function holdingService(object: KubeObject): HoldingService {
  const spec: unknown = object.spec;
  const { namespace = "", name = "" } = object.metadata;
  const owner = { namespace, name };
  if (!isJsonObject(spec)) return { object, owner, clusterIPs: [], nodePorts: [] };
  const named = spec.type === "ExternalName";
  const clusterIPs = named ? [] : texts(spec.clusterIPs).filter((ip) => ip !== "" && ip !== "None");
  const ports = Array.isArray(spec.ports) ? spec.ports : [];
  const numbers = [...ports.map((port) => (isJsonObject(port) ? port.nodePort : 0)), spec.healthCheckNodePort];
  const nodePorts = new Set(numbers.filter((port) => typeof port === "number" && port > 0));
  return { object, owner, clusterIPs, nodePorts: [...nodePorts].filter((port) => typeof port === "number") };
}
