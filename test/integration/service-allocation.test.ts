import type { KubeObject } from "@quarterdeck/meta";
import type { TestResponse, TestServer } from "@quarterdeck/testing";
import { etcdMissing } from "@quarterdeck/testing/etcd";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { listOf, namesOf, objectOf } from "./support/api-objects.js";
import { type Ground, serviceGround } from "./support/service-ground.js";

const SERVICES = "/api/v1/namespaces/default/services";
const ADDRESSES = "/apis/networking.k8s.io/v1/ipaddresses";
const PORTS = [{ port: 80 }];
/** 14 addresses. */
const SMALL = "10.9.0.0/28";

const skipped = etcdMissing === undefined ? "" : ` (skipped: ${etcdMissing})`;

interface ServiceSpec {
  readonly clusterIP?: string;
  readonly clusterIPs?: readonly string[];
  readonly ipFamilies?: readonly string[];
  readonly ipFamilyPolicy?: string;
  readonly healthCheckNodePort?: number;
  readonly ports: readonly { readonly nodePort?: number; readonly protocol: string }[];
}

function specOf(response: TestResponse | KubeObject): ServiceSpec {
  const object =
    "json" in response && typeof response.json === "function" ? objectOf(response as TestResponse) : response;
  return (object as KubeObject).spec as unknown as ServiceSpec;
}

function service(name: string, spec: object = {}): object {
  return { metadata: { name }, spec: { ports: PORTS, ...spec } };
}

function causesOf(response: TestResponse): string[] {
  const { details } = response.json<{ details?: { causes?: { field?: string; message: string }[] } }>();
  return (details?.causes ?? []).map(({ field = "", message }) => `${field}: ${message}`);
}

function messageOf(response: TestResponse): string {
  return response.json<{ message: string }>().message;
}

describe.each(["memory", "etcd"] as const)("services on %s", (kind) => {
  const absent = kind === "etcd" && etcdMissing !== undefined;

  describe.skipIf(absent)(`take addresses of a small range${kind === "etcd" ? skipped : ""}`, () => {
    let ground: Ground;
    let turn = 0;
    const request: TestServer["request"] = (path, options) => {
      const { servers } = ground;
      turn += 1;
      const server = servers[turn % servers.length];
      if (server === undefined) throw new Error("there is no server");
      return server.request(path, options);
    };
    const post = (body: object, query = "") => request(`${SERVICES}${query}`, { method: "POST", body });
    const patch = (name: string, body: object, query = "") =>
      request(`${SERVICES}/${name}${query}`, {
        method: "PATCH",
        headers: { "content-type": "application/merge-patch+json" },
        body: JSON.stringify(body),
      });
    const remove = (name: string, query = "") => request(`${SERVICES}/${name}${query}`, { method: "DELETE" });
    const taken = async () => namesOf(await request(ADDRESSES)).sort();

    beforeAll(async () => {
      ground = await serviceGround(kind, { serviceClusterIPRange: SMALL, serviceNodePortRange: "30000-30003" });
    });
    afterAll(() => ground.stop());
    afterEach(async () => {
      for (const name of namesOf(await request(SERVICES))) await remove(name);
      expect(await taken()).toEqual([]);
    });

    it("which stand as IPAddress objects that name the service", async () => {
      const { clusterIP = "", clusterIPs, ipFamilies, ipFamilyPolicy } = specOf(await post(service("web")));
      expect(clusterIPs).toEqual([clusterIP]);
      expect([ipFamilies, ipFamilyPolicy]).toEqual([["IPv4"], "SingleStack"]);
      const address = objectOf(await request(`${ADDRESSES}/${clusterIP}`));
      expect(address.metadata.labels).toEqual({
        "ipaddress.kubernetes.io/ip-family": "IPv4",
        "ipaddress.kubernetes.io/managed-by": "ipallocator.k8s.io",
      });
      expect(address.spec).toEqual({ parentRef: { resource: "services", namespace: "default", name: "web" } });
      await remove("web");
      expect((await request(`${ADDRESSES}/${clusterIP}`)).status).toBe(404);
    });

    it("each its own, however many come at once, until the range is full", async () => {
      const answers = await Promise.all(Array.from({ length: 32 }, (_, number) => post(service(`s${number}`))));
      const made = answers.filter(({ status }) => status === 201).map((answer) => specOf(answer).clusterIP);
      expect(new Set(made).size).toBe(14);
      expect(made).toHaveLength(14);
      const refused = answers.filter(({ status }) => status !== 201);
      expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([500]));
      for (const answer of refused)
        expect(messageOf(answer)).toMatch(
          /^Internal error occurred: failed to allocate a serviceIP for Service "s\d+": range is full$/,
        );
      expect(await taken()).toEqual([...made].sort());
    });

    it("and give them back when the create is refused, lost or tried", async () => {
      expect((await post(service("web", { trafficDistribution: "Any" }))).status).toBe(422);
      expect(await taken()).toEqual([]);
      const { clusterIP } = specOf(await post(service("web")));
      expect((await post(service("web"))).status).toBe(409);
      expect(await taken()).toEqual([clusterIP]);
      expect(specOf(await post(service("dry"), "?dryRun=All")).clusterIP).toBe("10.9.0.0");
      await remove("web", "?dryRun=All");
      expect(await taken()).toEqual([clusterIP]);
    });

    it("or the one that they ask for, if nobody has it", async () => {
      expect(specOf(await post(service("web", { clusterIP: "10.9.0.5" }))).clusterIPs).toEqual(["10.9.0.5"]);
      const again = await post(service("other", { clusterIP: "10.9.0.5" }));
      expect(again.status).toBe(422);
      expect(causesOf(again)).toEqual([
        'spec.clusterIPs: Invalid value: ["10.9.0.5"]: failed to allocate IP 10.9.0.5: provided IP is already allocated',
      ]);
      for (const ip of ["10.9.0.0", "10.9.0.15", "10.8.0.1"]) {
        const outside = await post(service("other", { clusterIP: ip }));
        expect(causesOf(outside)).toEqual([
          `spec.clusterIPs: Invalid value: ["${ip}"]: failed to allocate IP ${ip}: the provided network does not match the current range`,
        ]);
      }
      const dry = await post(service("other", { clusterIP: "10.8.0.1" }), "?dryRun=All");
      expect(dry.status).toBe(422);
    });

    it("not when they are headless or names, and only while they are neither", async () => {
      const headless = specOf(await post(service("headless", { clusterIP: "None", selector: { a: "b" } })));
      expect([headless.clusterIPs, headless.ipFamilies]).toEqual([["None"], ["IPv4"]]);
      const bare = specOf(await post(service("bare", { clusterIP: "None" })));
      expect([bare.ipFamilies, bare.ipFamilyPolicy]).toEqual([["IPv4", "IPv6"], "RequireDualStack"]);
      await post(service("name", { type: "ExternalName", externalName: "a.example", ports: [] }));
      expect(await taken()).toEqual([]);
      const { clusterIP } = specOf(
        await patch("name", { spec: { type: "ClusterIP", externalName: null, ports: PORTS } }),
      );
      expect(await taken()).toEqual([clusterIP]);
      const named = objectOf(await patch("name", { spec: { type: "ExternalName", externalName: "b.example" } }));
      expect(named.spec).not.toHaveProperty("clusterIP");
      expect(named.spec).not.toHaveProperty("clusterIPs");
      expect(await taken()).toEqual([]);
    });

    it("and keep them when the manifest is sent again", async () => {
      const { clusterIP } = specOf(await post(service("web")));
      const put = await request(`${SERVICES}/web`, { method: "PUT", body: service("web", { selector: { a: "b" } }) });
      expect(specOf(put).clusterIP).toBe(clusterIP);
      const changed = await patch("web", { spec: { clusterIP: "10.9.0.3", clusterIPs: ["10.9.0.3"] } });
      if (clusterIP !== "10.9.0.3")
        expect(causesOf(changed)).toEqual(['spec.clusterIPs[0]: Invalid value: ["10.9.0.3"]: may not change once set']);
      expect(await taken()).toEqual([clusterIP]);
    });

    it("of one family where there is but one", async () => {
      const required = await post(service("web", { ipFamilyPolicy: "RequireDualStack" }));
      expect(causesOf(required)).toEqual([
        'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
      ]);
      const six = await post(service("web", { ipFamilies: ["IPv6"] }));
      expect(causesOf(six)).toEqual(['spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster']);
      const address = await post(service("web", { clusterIP: "fd00::1" }));
      expect(causesOf(address)).toEqual([
        'spec.clusterIPs[0]: Invalid value: ["fd00::1"]: IPv6 is not configured on this cluster',
      ]);
      expect(specOf(await post(service("web", { ipFamilyPolicy: "PreferDualStack" }))).ipFamilies).toEqual(["IPv4"]);
    });

    it("and ports on the nodes, one for both protocols of a port", async () => {
      const ports = [
        { name: "web", port: 80, nodePort: 30_002 },
        { name: "tcp", port: 53 },
        { name: "udp", port: 53, protocol: "UDP" },
      ];
      const [web, tcp, udp] = specOf(await post(service("dns", { type: "NodePort", ports }))).ports;
      expect(tcp?.nodePort).toBe(udp?.nodePort);
      expect(web?.nodePort).toBe(30_002);
      const again = await post(service("web", { type: "NodePort", ports: [{ port: 80, nodePort: 30_002 }] }));
      expect(causesOf(again)).toEqual([
        "spec.ports[0].nodePort: Invalid value: 30002: provided port is already allocated",
      ]);
      const outside = await post(service("web", { type: "NodePort", ports: [{ port: 80, nodePort: 80 }] }));
      expect(causesOf(outside)).toEqual([
        "spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-30003",
      ]);
      // as upstream: a dry run does not look at the range, and goes on from the highest port that it is given
      const dry = [
        { name: "a", port: 80, nodePort: 80 },
        { name: "b", port: 81 },
      ];
      const [, invented] = specOf(await post(service("web", { type: "NodePort", ports: dry }), "?dryRun=All")).ports;
      expect(invented?.nodePort).toBe(81);
      expect(await taken()).toHaveLength(1);
    });

    it("until those are all taken, and give them back with the type", async () => {
      const node = (name: string) => post(service(name, { type: "NodePort" }));
      const answers = await Promise.all(Array.from({ length: 8 }, (_, number) => node(`n${number}`)));
      const made = answers.filter(({ status }) => status === 201).map((answer) => specOf(answer).ports[0]?.nodePort);
      expect(made.sort()).toEqual([30_000, 30_001, 30_002, 30_003]);
      const refused = answers.find(({ status }) => status !== 201);
      expect(refused && messageOf(refused)).toBe(
        "Internal error occurred: failed to allocate a nodePort: range is full",
      );
      const [first = ""] = namesOf(await request(SERVICES));
      const plain = specOf(await patch(first, { spec: { type: "ClusterIP" } }));
      expect(plain.ports[0]).not.toHaveProperty("nodePort");
      expect((await node("next")).status).toBe(201);
    });

    it("and one for health checks where load balancers ask for it", async () => {
      const spec = { type: "LoadBalancer", externalTrafficPolicy: "Local", allocateLoadBalancerNodePorts: false };
      const made = specOf(await post(service("lb", spec)));
      expect(made.ports[0]).not.toHaveProperty("nodePort");
      expect(made.healthCheckNodePort).toBeGreaterThanOrEqual(30_000);
      const wanted = { ...spec, healthCheckNodePort: made.healthCheckNodePort };
      expect(messageOf(await post(service("lb2", wanted)))).toBe(
        `Internal error occurred: failed to allocate requested HealthCheck NodePort ${made.healthCheckNodePort}: provided port is already allocated`,
      );
      const cluster = specOf(await patch("lb", { spec: { externalTrafficPolicy: "Cluster" } }));
      expect(cluster).not.toHaveProperty("healthCheckNodePort");
      expect(specOf(await post(service("lb2", wanted))).healthCheckNodePort).toBe(made.healthCheckNodePort);
    });

    it("of other ranges too, once somebody adds them", async () => {
      const cidrs = "/apis/networking.k8s.io/v1/servicecidrs";
      const body = { metadata: { name: "more" }, spec: { cidrs: ["10.10.0.0/30"] } };
      expect((await request(cidrs, { method: "POST", body })).status).toBe(201);
      await expect.poll(async () => (await post(service("web", { clusterIP: "10.10.0.1" }))).status).toBe(201);
      await request(`${cidrs}/more`, { method: "DELETE" });
    });
  });
});

describe.each(["memory", "etcd"] as const)("services of two families on %s", (kind) => {
  const absent = kind === "etcd" && etcdMissing !== undefined;

  describe.skipIf(absent)(`take addresses of both families${kind === "etcd" ? skipped : ""}`, () => {
    let ground: Ground;
    const server = () => {
      const [first] = ground.servers;
      if (first === undefined) throw new Error("there is no server");
      return first;
    };
    const post = (body: object) => server().request(SERVICES, { method: "POST", body });
    const put = (name: string, spec: object) =>
      server().request(`${SERVICES}/${name}`, { method: "PUT", body: service(name, spec) });
    const families = async () =>
      listOf(await server().request(ADDRESSES)).items.map(
        ({ metadata }) => metadata.labels?.["ipaddress.kubernetes.io/ip-family"],
      );

    beforeAll(async () => {
      ground = await serviceGround(kind, { serviceClusterIPRange: "10.9.0.0/24,fd00:9::/108" });
    });
    afterAll(() => ground.stop());
    afterEach(async () => {
      await server().request(SERVICES, { method: "DELETE" });
      expect(await families()).toEqual([]);
    });

    it("when they want them, in the order that they say", async () => {
      expect(specOf(await post(service("one"))).ipFamilies).toEqual(["IPv4"]);
      const two = specOf(await post(service("two", { ipFamilyPolicy: "PreferDualStack" })));
      expect(two.ipFamilies).toEqual(["IPv4", "IPv6"]);
      expect(two.clusterIPs).toEqual([
        expect.stringMatching(/^10\.9\.0\.\d+$/),
        expect.stringMatching(/^fd00:9::[0-9a-f:]+$/),
      ]);
      const six = specOf(await post(service("six", { ipFamilyPolicy: "RequireDualStack", ipFamilies: ["IPv6"] })));
      expect(six.ipFamilies).toEqual(["IPv6", "IPv4"]);
      expect(six.clusterIP).toMatch(/^fd00:9::/);
      expect(await families()).toHaveLength(5);
    });

    it("and may gain a second and let it go", async () => {
      const { clusterIP } = specOf(await post(service("web")));
      const both = specOf(await put("web", { ipFamilyPolicy: "PreferDualStack" }));
      expect(both.clusterIPs).toEqual([clusterIP, expect.stringMatching(/^fd00:9::/)]);
      expect(await families()).toHaveLength(2);
      const reduced = await put("web", { ...both, clusterIPs: [clusterIP], ipFamilies: ["IPv4"] });
      expect(causesOf(reduced)).toEqual([
        "spec.ipFamilyPolicy: Invalid value: \"PreferDualStack\": must be 'SingleStack' to release the secondary cluster IP",
        "spec.ipFamilyPolicy: Invalid value: \"PreferDualStack\": must be 'SingleStack' to release the secondary IP family",
      ]);
      const one = specOf(await put("web", { ipFamilyPolicy: "SingleStack" }));
      expect([one.clusterIPs, one.ipFamilies]).toEqual([[clusterIP], ["IPv4"]]);
      expect(await families()).toEqual(["IPv4"]);
    });

    it("but not two with a policy of one", async () => {
      const answer = await post(service("web", { ipFamilyPolicy: "SingleStack", ipFamilies: ["IPv4", "IPv6"] }));
      expect(causesOf(answer)).toEqual([
        "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
      ]);
    });
  });
});
