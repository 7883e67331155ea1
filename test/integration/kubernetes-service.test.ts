import type { KubeObject } from "@quarterdeck/meta";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { type Etcd, etcdMissing, startEtcd } from "@quarterdeck/testing/etcd";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listOf, objectOf } from "./support/api-objects.js";

const SERVICE = "/api/v1/namespaces/default/services/kubernetes";
const ENDPOINTS = "/api/v1/namespaces/default/endpoints/kubernetes";
const SLICES = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
const PATIENCE = { timeout: 30_000, interval: 50 };
const TABLE = { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" };

const skipped = etcdMissing === undefined ? "" : ` (skipped: ${etcdMissing})`;

function portOf(server: TestServer): number {
  return Number(new URL(server.url).port);
}

/** The pairs of address and port of the Endpoints. */
async function pairs(server: TestServer): Promise<string[]> {
  const response = await server.request(ENDPOINTS);
  if (response.status !== 200) return [];
  const { subsets = [] } = response.json<{
    subsets?: { addresses: { ip: string }[]; ports: { port: number }[] }[];
  }>();
  return subsets.flatMap(({ addresses, ports }) =>
    addresses.flatMap(({ ip }) => ports.map(({ port }) => `${ip}:${port}`)),
  );
}

/** The pairs of all slices. */
async function slicePairs(server: TestServer): Promise<string[]> {
  const slices = listOf(await server.request(SLICES)).items as unknown as {
    endpoints: { addresses: string[] }[];
    ports: { port: number }[];
  }[];
  return slices.flatMap(({ endpoints, ports }) =>
    endpoints.flatMap(({ addresses }) => ports.map(({ port }) => `${addresses[0]}:${port}`)),
  );
}

describe("the service of the API", () => {
  let server: TestServer;
  beforeAll(async () => {
    const controllers = [["kubernetes-service", { advertiseAddress: "192.0.2.1" }], "service-allocation"] as const;
    server = await startTestServer({ config: { controllers } });
  });
  afterAll(() => server.stop());

  it("has the first address of the range and leads to the server", async () => {
    await expect.poll(() => pairs(server), PATIENCE).not.toEqual([]);
    const { metadata, spec } = objectOf(await server.request(SERVICE));
    expect(metadata.labels).toEqual({ component: "apiserver", provider: "kubernetes" });
    expect(spec).toEqual({
      type: "ClusterIP",
      clusterIP: "10.96.0.1",
      clusterIPs: ["10.96.0.1"],
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
      sessionAffinity: "None",
      internalTrafficPolicy: "Cluster",
      ports: [{ name: "https", protocol: "TCP", port: 443, targetPort: portOf(server) }],
    });
    expect(await pairs(server)).toEqual([`192.0.2.1:${portOf(server)}`]);
    await expect.poll(() => slicePairs(server), PATIENCE).toEqual([`192.0.2.1:${portOf(server)}`]);
    const { metadata: labelled } = objectOf(await server.request(`${SLICES}/kubernetes`));
    expect(labelled.labels).toEqual({ "kubernetes.io/service-name": "kubernetes" });
  });

  it("is shown in tables as upstream shows it", async () => {
    const row = async (path: string) =>
      (await server.request(path, { headers: TABLE })).json<{ rows: { cells: unknown[] }[] }>().rows[0]?.cells;
    const port = portOf(server);
    expect((await row(SERVICE))?.slice(0, 5)).toEqual(["kubernetes", "ClusterIP", "10.96.0.1", "<none>", "443/TCP"]);
    expect((await row(ENDPOINTS))?.slice(0, 2)).toEqual(["kubernetes", `192.0.2.1:${port}`]);
    expect((await row(`${SLICES}/kubernetes`))?.slice(0, 4)).toEqual(["kubernetes", "IPv4", `${port}`, "192.0.2.1"]);
    expect(await row("/apis/networking.k8s.io/v1/ipaddresses/10.96.0.1")).toEqual([
      "10.96.0.1",
      "services/default/kubernetes",
    ]);
  });

  it("is of a range that stays as long as it needs it", async () => {
    const path = "/apis/networking.k8s.io/v1/servicecidrs/kubernetes";
    const conditions = async () => {
      const { status } = objectOf(await server.request(path)) as KubeObject & {
        status?: { conditions?: { type: string; status: string; message: string }[] };
      };
      return (status?.conditions ?? []).map(({ type, status: state, message }) => `${type} ${state} ${message}`);
    };
    await expect.poll(conditions, PATIENCE).toEqual(["Ready True Kubernetes Service CIDR is ready"]);
    const { spec, metadata } = objectOf(await server.request(path));
    expect(spec).toEqual({ cidrs: ["10.96.0.0/16"] });
    expect(metadata.finalizers).toEqual(["networking.k8s.io/service-cidr-finalizer"]);
    expect((await server.request(path, { method: "DELETE" })).status).toBe(200);
    await expect
      .poll(conditions, PATIENCE)
      .toEqual([
        "Ready False There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR",
      ]);
  });

  it("shows nothing of how the servers agree", async () => {
    const groups = (await server.request("/apis")).text();
    expect(groups).not.toContain("quarterdeck.internal");
    expect((await server.request("/apis/network.quarterdeck.internal/v1/nodeportclaims")).status).toBe(404);
    expect((await server.request("/openapi/v3")).text()).not.toContain("quarterdeck.internal");
  });
});

describe.skipIf(etcdMissing !== undefined)(`the service of two servers on one etcd${skipped}`, () => {
  let etcd: Etcd;
  let first: TestServer;
  beforeAll(async () => {
    etcd = await startEtcd();
    first = await start();
  });
  afterAll(async () => {
    await first.stop();
    await etcd.stop();
  });

  function start(): Promise<TestServer> {
    const storage = ["etcd3", { endpoints: etcd.endpoints }] as const;
    const controllers = [["kubernetes-service", { advertiseAddress: "192.0.2.1" }]] as const;
    return startTestServer({ config: { storage, controllers } });
  }

  it("leads to both while both are there", { timeout: 60_000 }, async () => {
    const own = (server: TestServer) => `192.0.2.1:${portOf(server)}`;
    await expect.poll(() => pairs(first), PATIENCE).toEqual([own(first)]);
    const second = await start();
    const both = [own(first), own(second)].sort();
    await expect.poll(async () => (await pairs(first)).sort(), PATIENCE).toEqual(both);
    await expect.poll(async () => (await slicePairs(first)).sort(), PATIENCE).toEqual(both);
    await second.stop();
    await expect.poll(() => pairs(first), PATIENCE).toEqual([own(first)]);
    await expect.poll(() => slicePairs(first), PATIENCE).toEqual([own(first)]);
  });
});
