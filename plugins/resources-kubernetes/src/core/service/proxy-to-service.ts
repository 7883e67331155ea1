import { type ObjectMeta, StatusError } from "@quarterdeck/meta";
import { type ConnectContext, type Lister, Listers } from "@quarterdeck/sdk";
import { EndpointSlice } from "../../discovery/endpoint-slice/endpoint-slice.js";
import type { ServiceSpec } from "../../types/core-v1.js";
import type { Endpoint } from "../../types/discovery-v1.js";
import { joinHostPort } from "../node/node-address.js";
import { Pod } from "../pod/pod.js";

const SERVICE_NAME = "kubernetes.io/service-name";

function unavailable(message: string): StatusError {
  return StatusError.of(503, "ServiceUnavailable", message);
}

/** The name of the port that a request means; 503 for a number that the service has no port of. */
function portName({ ports }: ServiceSpec, name: string, port: string): string {
  if (!/^[+-]?\d+$/.test(port)) return port;
  const found = (ports ?? []).find((one) => one.port === Number(port));
  if (found !== undefined) return found.name ?? "";
  throw unavailable(`no service port ${Number(port)} found for service "${name}"`);
}

/** Requests are passed to pods alone: whoever writes endpoints must not make the server call anybody else. */
function isPodOf(namespace: string, { targetRef, addresses }: Endpoint, pods: Lister<Pod> | undefined): boolean {
  if (targetRef === undefined || targetRef.namespace !== namespace) return false;
  const pod = pods?.get(targetRef.name ?? "", namespace);
  return (pod?.status.podIPs ?? []).some(({ ip }) => ip === addresses?.[0]);
}

function shuffled<T>(list: readonly T[]): T[] {
  const start = Math.floor(Math.random() * list.length);
  return [...list.slice(start), ...list.slice(0, start)];
}

/**
 * `proxy`: upstream's `ResourceLocation` of services, by a ready endpoint of the port that is a pod, of the family of the
 * service first. 503 when there is none, or when nobody answers there.
 */
export function proxyToService(metadata: ObjectMeta, spec: ServiceSpec, context: ConnectContext): never {
  const { name = "", namespace = "" } = metadata;
  const wanted = portName(spec, name, context.address.port);
  const listers = context.services.find(Listers);
  const [family] = spec.ipFamilies ?? [];
  const slices = shuffled(listers?.of(EndpointSlice)?.list(namespace) ?? [])
    .filter((slice) => slice.metadata.labels?.[SERVICE_NAME] === name)
    .sort((left, right) => Number(right.addressType === family) - Number(left.addressType === family));
  for (const { ports, endpoints } of slices) {
    const port = (ports ?? []).find((one) => (one.name ?? "") === wanted && one.port !== undefined)?.port;
    if (port === undefined) continue;
    const ready = shuffled(endpoints ?? []).filter(({ conditions }) => conditions.ready !== false);
    const chosen = ready.find((endpoint) => isPodOf(namespace, endpoint, listers?.of(Pod)));
    if (chosen === undefined) continue;
    const host = joinHostPort(chosen.addresses?.[0] ?? "", port);
    throw unavailable(`error trying to reach service: dial tcp ${host}: connect: connection refused`);
  }
  throw unavailable(`no endpoints available for service "${name}"`);
}
