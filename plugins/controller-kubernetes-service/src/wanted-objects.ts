import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import type { ServerPlace } from "./server-place.js";

// what the service and its endpoints are called
const SERVICE_NAME = "kubernetes";
/** Where they are. */
export const NAMESPACE = "default";

/** Slices beyond the first. */
const FURTHER = /^kubernetes-\d+-ipv[46]$/;

/** True for a slice that is kept here. */
export function isOwnSlice(name: string): boolean {
  return name === SERVICE_NAME || FURTHER.test(name);
}

/** Ports in order, each with the addresses of its servers in order. */
function byPort(places: readonly ServerPlace[]): [number, string[]][] {
  const ports = new Map<number, Set<string>>();
  for (const { address, port } of places) ports.set(port, (ports.get(port) ?? new Set()).add(address));
  return [...ports].sort(([left], [right]) => left - right).map(([port, addresses]) => [port, [...addresses].sort()]);
}

/** The service, as it is made when it is not there. */
export function wantedService(clusterIP: string, port: number): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: SERVICE_NAME,
      namespace: NAMESPACE,
      labels: { component: "apiserver", provider: "kubernetes" },
    },
    spec: {
      type: "ClusterIP",
      clusterIP,
      ipFamilyPolicy: "SingleStack",
      sessionAffinity: "None",
      ports: [{ name: "https", protocol: "TCP", port: 443, targetPort: port }],
    },
  };
}

/** The endpoints of servers, in the older form; nobody mirrors them, since the slices are kept here too. */
export function wantedEndpoints(places: readonly ServerPlace[]): KubeObject {
  const subsets = byPort(places).map(([port, addresses]) => ({
    addresses: addresses.map((ip) => ({ ip })),
    ports: [{ name: "https", port, protocol: "TCP" }],
  }));
  return {
    apiVersion: "v1",
    kind: "Endpoints",
    metadata: {
      name: SERVICE_NAME,
      namespace: NAMESPACE,
      labels: { "endpointslice.kubernetes.io/skip-mirror": "true" },
    },
    ...(subsets.length === 0 ? {} : { subsets }),
  };
}

function slice(name: string, addressType: string, endpoints: JsonObject[], ports: JsonObject[]): KubeObject {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name, namespace: NAMESPACE, labels: { "kubernetes.io/service-name": SERVICE_NAME } },
    addressType,
    endpoints,
    ports,
  };
}

/** The slices of servers: the first is called as the service, another port or family has one of its own. */
export function wantedSlices(places: readonly ServerPlace[]): readonly KubeObject[] {
  const parts = byPort(places).flatMap(([port, addresses]) =>
    (["IPv4", "IPv6"] as const).flatMap((family) => {
      const mine = addresses.filter((address) => address.includes(":") === (family === "IPv6"));
      return mine.length === 0 ? [] : [{ port, family, addresses: mine }];
    }),
  );
  if (parts.length === 0) return [slice(SERVICE_NAME, "IPv4", [], [])];
  return parts.map(({ port, family, addresses }, index) =>
    slice(
      index === 0 ? SERVICE_NAME : `${SERVICE_NAME}-${port}-${family.toLowerCase()}`,
      family,
      addresses.map((address) => ({ addresses: [address], conditions: { ready: true } })),
      [{ name: "https", port, protocol: "TCP" }],
    ),
  );
}
