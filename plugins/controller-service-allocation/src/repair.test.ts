import type { KubeObject } from "@quarterdeck/meta";
import { IpRange, StatusError } from "@quarterdeck/meta";
import { Client, type Lister, Listers, type ResourceReference, type Services } from "@quarterdeck/sdk";
import { INTERNAL_GROUP, PortRange, ServiceNetwork } from "@quarterdeck/service-network";
import { beforeEach, describe, expect, it } from "vitest";
import { Repair } from "./repair.js";

const HOUR = 3_600_000;

/** The objects of a resource in memory, as a lister and a client see them. */
class Objects {
  readonly all = new Map<string, KubeObject>();

  add(object: KubeObject, age = HOUR): void {
    const { name = "", namespace = "" } = object.metadata;
    const creationTimestamp = new Date(Date.now() - age).toISOString();
    const key = `${namespace}/${name}`;
    this.all.set(key, { ...object, metadata: { uid: key, creationTimestamp, ...object.metadata } });
  }

  get names(): string[] {
    return [...this.all.values()].map(({ metadata }) => metadata.name ?? "").sort();
  }

  readonly lister: Lister = {
    get: (name, namespace = "") => this.all.get(`${namespace}/${name}`),
    getFresh: async (name, namespace = "") => this.all.get(`${namespace}/${name}`),
    list: () => [...this.all.values()],
    observe: () => () => undefined,
  };

  readonly client = {
    create: async (object: KubeObject) => {
      if (this.all.has(`/${object.metadata.name}`)) throw StatusError.alreadyExists({ group: "", resource: "x" }, "x");
      this.add(object, 0);
      return object;
    },
    delete: async ({ name }: { name: string }) => void this.all.delete(`/${name}`),
  };
}

describe("the repair of what services hold", () => {
  let ips: Objects;
  let ports: Objects;
  let services: Objects;
  let found: string[];
  let repair: Repair;

  beforeEach(() => {
    [ips, ports, services, found] = [new Objects(), new Objects(), new Objects(), []];
    const of = ({ resource }: ResourceReference) => ({ ipaddresses: ips, nodeportclaims: ports })[resource];
    const listers = { of: (target: ResourceReference) => of(target)?.lister };
    const client = { resource: (target: ResourceReference) => of(target)?.client };
    const table = new Map<unknown, object>([
      [Listers, listers],
      [Client, client],
    ]);
    // Only what the ledger asks of either.
    const provided = { provide: () => undefined, find: (token: unknown) => table.get(token) } as unknown as Services;
    const range = IpRange.parse("10.0.0.0/24");
    const nodePorts = PortRange.parse("30000-30010");
    if (range === undefined || nodePorts === undefined) throw new Error("no ranges");
    const network = new ServiceNetwork([range], nodePorts, provided);
    repair = new Repair(
      network,
      services.lister,
      async ({ reason, message }) => void found.push(`${reason}: ${message}`),
    );
  });

  function service(name: string, clusterIP: string, nodePort = 0, over: object = {}): void {
    const spec = { type: "NodePort", clusterIP, clusterIPs: [clusterIP], ports: [{ port: 80, nodePort }], ...over };
    const metadata = { name, namespace: "demo" };
    services.add({ apiVersion: "v1", kind: "Service", metadata, spec: JSON.parse(JSON.stringify(spec)) });
  }

  function address(
    name: string,
    owner: string,
    age = HOUR,
    labels = { "ipaddress.kubernetes.io/managed-by": "ipallocator.k8s.io" },
  ) {
    const spec = { parentRef: { resource: "services", namespace: "demo", name: owner } };
    ips.add({ apiVersion: "networking.k8s.io/v1", kind: "IPAddress", metadata: { name, labels }, spec }, age);
  }

  function claim(port: number, owner: string, age = HOUR): void {
    const spec = { namespace: "demo", name: owner };
    const metadata = { name: String(port) };
    ports.add({ apiVersion: `${INTERNAL_GROUP}/v1`, kind: "NodePortClaim", metadata, spec }, age);
  }

  const run = () => repair.run(new AbortController().signal);

  it("finds nothing where all is well", async () => {
    service("web", "10.0.0.1", 30_000);
    service("headless", "None");
    service("name", "10.0.0.9", 0, { type: "ExternalName" });
    address("10.0.0.1", "web");
    claim(30_000, "web");
    await run();
    expect(found).toEqual([]);
    expect([ips.names, ports.names]).toEqual([["10.0.0.1"], ["30000"]]);
  });

  it("takes what a service has and nobody holds", async () => {
    service("web", "10.0.0.1", 30_000, { healthCheckNodePort: 30_001 });
    await run();
    expect(found).toEqual([
      "ClusterIPNotAllocated: Cluster IP [IPv4]: 10.0.0.1 is not allocated; repairing",
      "PortNotAllocated: Port 30000 is not allocated; repairing",
      "PortNotAllocated: Port 30001 is not allocated; repairing",
    ]);
    expect([ips.names, ports.names]).toEqual([["10.0.0.1"], ["30000", "30001"]]);
  });

  it("takes it from one that does not have it, but not from one that does", async () => {
    service("web", "10.0.0.1", 30_000);
    address("10.0.0.1", "gone");
    claim(30_000, "other");
    service("other", "10.0.0.2", 30_000);
    address("10.0.0.2", "other");
    await run();
    expect(found).toEqual([
      "ClusterIPNotAllocated: Cluster IP [IPv4]: 10.0.0.1 is not allocated; repairing",
      "PortAlreadyAllocated: Port 30000 was assigned to multiple services; please recreate service",
    ]);
    expect(ips.all.get("/10.0.0.1")?.spec).toMatchObject({ parentRef: { name: "web" } });
    expect(ports.all.get("/30000")?.spec).toMatchObject({ name: "other" });
  });

  it("tells of what is out of all ranges", async () => {
    service("web", "10.1.0.1", 80);
    await run();
    expect(found).toEqual([
      "ClusterIPOutOfRange: Cluster IP [IPv4]: 10.1.0.1 is not within any configured Service CIDR; please recreate service",
      "PortOutOfRange: Port 80 is not within the port range 30000-30010; please recreate service",
    ]);
  });

  it("gives back what is held for nobody, once it is a minute old", async () => {
    address("10.0.0.5", "gone");
    address("10.0.0.6", "coming", 1000);
    address("10.0.0.7", "gone", HOUR, { "ipaddress.kubernetes.io/managed-by": "somebody" });
    claim(30_005, "gone");
    claim(30_006, "coming", 1000);
    await run();
    expect(found).toEqual([
      "IPAddressNotAllocated: IPAddress: 10.0.0.5 appears to have leaked: cleaning up",
      "PortLeaked: the node port 30005 appears to have leaked: cleaning up",
    ]);
    expect([ips.names, ports.names]).toEqual([["10.0.0.6", "10.0.0.7"], ["30006"]]);
  });
});
