import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { Service } from "./service.js";

const services = new Compiled(Service);

function made(spec: JsonObject, annotations?: { [key: string]: string }): KubeObject {
  const metadata = { name: "web", namespace: "demo", ...(annotations ? { annotations } : {}) };
  return services.object({ spec: { ports: [{ port: 80 }], ...spec } }, metadata);
}

function updated(next: KubeObject, old: KubeObject): KubeObject {
  next.status = structuredClone(old.status);
  services.version.hooks.prepareForUpdate?.(next, old, context);
  return next;
}

describe("the defaults of a service", () => {
  it("are those of upstream", () => {
    const object = services.object({ spec: { ports: [{ port: 80 }, { name: "b", port: 81, targetPort: "web" }] } });
    expect(object.spec).toEqual({
      ports: [
        { protocol: "TCP", port: 80, targetPort: 80 },
        { name: "b", protocol: "TCP", port: 81, targetPort: "web" },
      ],
      type: "ClusterIP",
      sessionAffinity: "None",
      internalTrafficPolicy: "Cluster",
    });
    const again = structuredClone(object);
    services.version.hooks.default?.(again);
    expect(again).toEqual(object);
  });

  it("follow the type", () => {
    expect(made({ type: "NodePort" }).spec).toMatchObject({ externalTrafficPolicy: "Cluster" });
    expect(made({ externalIPs: ["192.0.2.1"] }).spec).toMatchObject({ externalTrafficPolicy: "Cluster" });
    expect(made({ type: "LoadBalancer" }).spec).toMatchObject({
      externalTrafficPolicy: "Cluster",
      allocateLoadBalancerNodePorts: true,
    });
    expect(made({ type: "ExternalName", externalName: "a.b" }).spec).not.toHaveProperty("internalTrafficPolicy");
    const status = { loadBalancer: { ingress: [{ ip: "192.0.2.1" }, { hostname: "a" }] } };
    expect(services.object({ spec: { type: "LoadBalancer" }, status }).status).toEqual({
      loadBalancer: { ingress: [{ ip: "192.0.2.1", ipMode: "VIP" }, { hostname: "a" }] },
    });
  });

  it("give an affinity its time, and take it away with it", () => {
    expect(made({ sessionAffinity: "ClientIP" }).spec).toMatchObject({
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } },
    });
    expect(made({ sessionAffinityConfig: { clientIP: {} } }).spec).not.toHaveProperty("sessionAffinityConfig");
  });
});

describe("a service", () => {
  it.each<JsonObject>([
    {},
    { clusterIP: "None", clusterIPs: ["None"], ports: [] },
    { clusterIP: "10.0.0.1", clusterIPs: ["10.0.0.1", "fd00::1"], ipFamilies: ["IPv4", "IPv6"] },
    { type: "ExternalName", externalName: "a.example.", ports: [] },
    { type: "LoadBalancer", loadBalancerClass: "example.com/lb", loadBalancerSourceRanges: [" 10.0.0.0/8 "] },
    { type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 30_000 },
    {
      type: "NodePort",
      ports: [
        { name: "a", port: 53, nodePort: 30_053 },
        { name: "b", port: 53, nodePort: 30_053, protocol: "UDP" },
      ],
    },
    { externalIPs: ["192.0.2.1"], trafficDistribution: "PreferSameNode" },
    { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 1 } } },
  ])("may be %j", (spec) => {
    expect(services.problems(made(spec))).toEqual([]);
  });

  const ONLY = "Forbidden: may only be used when `type` is 'LoadBalancer'";
  const CLIENT = "Required value: when session affinity type is ClientIP";

  it.each<[JsonObject, string[]]>([
    [{ ports: [] }, ["spec.ports: Required value"]],
    [
      { type: "Sideways" },
      [
        'spec.type: Unsupported value: "Sideways": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      ],
    ],
    [
      { type: "LoadBalancer", clusterIP: "None", clusterIPs: ["None"] },
      ["spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for LoadBalancer services"],
    ],
    [
      { type: "NodePort", clusterIP: "None", clusterIPs: ["None"] },
      ["spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for NodePort services"],
    ],
    [
      { type: "ExternalName", clusterIPs: ["10.0.0.1"], ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack" },
      [
        "spec.clusterIPs: Forbidden: may not be set for ExternalName services",
        "spec.ipFamilies: Forbidden: may not be set for ExternalName services",
        "spec.ipFamilyPolicy: Forbidden: may not be set for ExternalName services",
        "spec.externalName: Required value",
      ],
    ],
    [
      { type: "ExternalName", externalName: "A." },
      [expect.stringMatching(/^spec\.externalName: Invalid value: "A": a lowercase RFC 1123 subdomain/)],
    ],
    [
      { ports: [{ port: 0, protocol: "ICMP", targetPort: "a--b", appProtocol: "a b", name: "a.b" }] },
      [
        'spec.ports[0].name: Invalid value: "a.b": must not contain dots',
        "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
        'spec.ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"',
        'spec.ports[0].targetPort: Invalid value: "a--b": must not contain consecutive hyphens',
        expect.stringMatching(/^spec\.ports\[0\]\.appProtocol: Invalid value: "a b": name part/),
      ],
    ],
    [
      { ports: [{ port: 80 }, { name: "a", port: 81 }, { name: "a", port: 81 }] },
      [
        "spec.ports[0].name: Required value",
        'spec.ports[2].name: Duplicate value: "a"',
        'spec.ports[2]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":81,"TargetPort":0,"NodePort":0}',
      ],
    ],
    [
      {
        type: "NodePort",
        ports: [
          { name: "a", port: 1, nodePort: 30_000 },
          { name: "b", port: 2, nodePort: 30_000 },
        ],
      },
      ["spec.ports[1].nodePort: Duplicate value: 30000"],
    ],
    [
      { ports: [{ port: 80, nodePort: 30_000 }] },
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ],
    [{ selector: { "a b": "c" } }, [expect.stringMatching(/^spec\.selector: Invalid value: "a b"/)]],
    [
      { sessionAffinity: "Cookie" },
      ['spec.sessionAffinity: Unsupported value: "Cookie": supported values: "ClientIP", "None"'],
    ],
    [
      { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 86_401 } } },
      [
        "spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be greater than 0 and less than 86400",
      ],
    ],
    [{ clusterIP: "10.0.0.1" }, ["spec.clusterIPs: Required value"]],
    [
      { clusterIPs: ["10.0.0.1"] },
      ['spec.clusterIPs: Invalid value: ["10.0.0.1"]: must be empty when `clusterIP` is not specified'],
    ],
    [
      { clusterIP: "10.0.0.2", clusterIPs: ["10.0.0.1"] },
      ['spec.clusterIPs: Invalid value: ["10.0.0.1"]: first value must match `clusterIP`'],
    ],
    [
      { ipFamilies: ["IPv4", "IPv5", "IPv4"], ipFamilyPolicy: "Maybe" },
      [
        'spec.ipFamilies[1]: Unsupported value: "IPv5": supported values: "IPv4", "IPv6"',
        'spec.ipFamilies[2]: Duplicate value: "IPv4"',
        'spec.ipFamilyPolicy: Unsupported value: "Maybe": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"',
      ],
    ],
    [
      { clusterIP: "None", clusterIPs: ["None", "10.0.0.1"] },
      ['spec.clusterIPs: Invalid value: ["None","10.0.0.1"]: \'None\' must be the first and only value'],
    ],
    [
      { clusterIP: "x", clusterIPs: ["x", "x"] },
      [
        'spec.clusterIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
        'spec.clusterIPs[1]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      ],
    ],
    [
      { clusterIP: "10.0.0.1", clusterIPs: ["10.0.0.1", "10.0.0.2"] },
      ['spec.clusterIPs: Invalid value: ["10.0.0.1","10.0.0.2"]: may specify no more than one IP for each IP family'],
    ],
    [
      { clusterIP: "10.0.0.1", clusterIPs: ["10.0.0.1", "fd00::1"], ipFamilies: ["IPv6", "IPv4"] },
      [
        'spec.clusterIPs[0]: Invalid value: "10.0.0.1": expected an IPv6 value as indicated by `ipFamilies[0]`',
        'spec.clusterIPs[1]: Invalid value: "fd00::1": expected an IPv4 value as indicated by `ipFamilies[1]`',
      ],
    ],
    [
      { externalIPs: ["x", "127.0.0.1"] },
      [
        'spec.externalIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
        'spec.externalIPs[1]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
      ],
    ],
    [
      { loadBalancerSourceRanges: ["10.0.0.1/8"], allocateLoadBalancerNodePorts: true, loadBalancerClass: "a" },
      [
        `spec.LoadBalancerSourceRanges: ${ONLY}`,
        'spec.LoadBalancerSourceRanges[0]: Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length',
        `spec.allocateLoadBalancerNodePorts: ${ONLY}`,
        `spec.loadBalancerClass: ${ONLY}`,
      ],
    ],
    [
      { type: "LoadBalancer", loadBalancerClass: "a b" },
      [expect.stringMatching(/^spec\.loadBalancerClass: Invalid value: "a b": name part/)],
    ],
    [
      { externalTrafficPolicy: "Local", healthCheckNodePort: 1 },
      [
        'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
        "spec.healthCheckNodePort: Invalid value: 1: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
      ],
    ],
    [
      { type: "NodePort", externalTrafficPolicy: "Global" },
      ['spec.externalTrafficPolicy: Unsupported value: "Global": supported values: "Cluster", "Local"'],
    ],
    [{ type: "LoadBalancer", externalTrafficPolicy: "Local" }, ["spec.healthCheckNodePort: Required value"]],
    [
      { type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 70_000 },
      ["spec.healthCheckNodePort: Invalid value: 70000: must be between 1 and 65535, inclusive"],
    ],
    [
      { internalTrafficPolicy: "Global" },
      ['spec.internalTrafficPolicy: Unsupported value: "Global": supported values: "Cluster", "Local"'],
    ],
    [
      { trafficDistribution: "Any" },
      [
        'spec.trafficDistribution: Unsupported value: "Any": supported values: "PreferClose", "PreferSameZone", "PreferSameNode"',
      ],
    ],
  ])("is refused: %j", (spec, expected) => {
    expect(services.problems(made(spec))).toEqual(expected);
  });

  it("is refused when mutators take away what has a default", () => {
    const object = made({ type: "LoadBalancer", sessionAffinity: "ClientIP" });
    object.spec = { ports: [{ port: 80, targetPort: 80 }], type: "LoadBalancer", sessionAffinity: "ClientIP" };
    expect(services.problems(object)).toEqual([
      "spec.ports[0].protocol: Required value",
      `spec.sessionAffinityConfig: ${CLIENT}`,
      "allocateLoadBalancerNodePorts: Required value",
      "spec.externalTrafficPolicy: Required value",
      "spec.internalTrafficPolicy: Required value",
    ]);
    object.spec = {
      ports: [],
      sessionAffinity: "ClientIP",
      sessionAffinityConfig: {},
      clusterIPs: ["None"],
      clusterIP: "None",
    };
    expect(services.problems(object)).toEqual([
      `spec.sessionAffinityConfig.clientIP: ${CLIENT}`,
      "spec.type: Required value",
    ]);
    object.spec = {
      ...object.spec,
      type: "ClusterIP",
      internalTrafficPolicy: "Local",
      sessionAffinityConfig: { clientIP: {} },
    };
    expect(services.problems(object)).toEqual([`spec.sessionAffinityConfig.clientIP.timeoutSeconds: ${CLIENT}`]);
    object.spec = { ...object.spec, sessionAffinity: "None" };
    expect(services.problems(object)).toEqual([
      "spec.sessionAffinityConfig: Forbidden: must not be set when session affinity is None",
    ]);
    object.spec = { ...object.spec, sessionAffinity: "" };
    expect(services.problems(object)).toEqual(["spec.sessionAffinity: Required value"]);
  });

  it("has annotations that agree and name ranges", () => {
    const ranges = "service.beta.kubernetes.io/load-balancer-source-ranges";
    const [mode, hints] = ["service.kubernetes.io/topology-mode", "service.kubernetes.io/topology-aware-hints"];
    expect(services.problems(made({}, { [mode]: "auto", [hints]: "Auto" }))).toEqual([
      `metadata.annotations[${mode}]: Invalid value: "auto": must match annotations[${hints}] when both are specified`,
    ]);
    expect(services.problems(made({ type: "LoadBalancer" }, { [ranges]: " 10.0.0.0/8, fd00::/8 " }))).toEqual([]);
    expect(services.problems(made({}, { [ranges]: "x" }))).toEqual([
      `metadata.annotations[${ranges}]: ${ONLY}`,
      `metadata.annotations[${ranges}]: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)`,
    ]);
    const old = made({ type: "LoadBalancer" }, { [ranges]: "x" });
    expect(services.updateProblems(structuredClone(old), old)).toEqual([]);
  });
});

describe("a service that is only a name", () => {
  it.each([
    ["Local", undefined],
    ["Sideways", "Sideways"],
  ])("and has the internal policy %s is stored with %s", async (internalTrafficPolicy, stored) => {
    const object = made({ type: "ExternalName", externalName: "a.b", internalTrafficPolicy });
    await services.version.hooks.begin?.(object, undefined, context);
    expect(object.spec).toHaveProperty("externalName");
    expect(Object(object.spec).internalTrafficPolicy).toBe(stored);
  });
});

describe("an update of a service", () => {
  const ONE = { clusterIP: "10.0.0.1", clusterIPs: ["10.0.0.1"], ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack" };
  const TWO = {
    clusterIP: "10.0.0.1",
    clusterIPs: ["10.0.0.1", "fd00::1"],
    ipFamilies: ["IPv4", "IPv6"],
    ipFamilyPolicy: "PreferDualStack",
  };
  const HEADLESS = { clusterIP: "None", clusterIPs: ["None"], ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack" };

  it.each<[string, JsonObject, JsonObject]>([
    ["nothing", ONE, ONE],
    ["a second family", TWO, ONE],
    ["one family less", ONE, TWO],
    ["the families of a headless one", { ...HEADLESS, ipFamilies: ["IPv6"] }, HEADLESS],
    ["to a name", { type: "ExternalName", externalName: "a.b" }, ONE],
    ["from a name", ONE, { type: "ExternalName", externalName: "a.b" }],
  ])("may change %s", (_, spec, old) => {
    expect(services.updateProblems(made(spec), made(old))).toEqual([]);
  });

  it.each<[JsonObject, JsonObject, string[]]>([
    [
      { ...ONE, clusterIP: "10.0.0.2", clusterIPs: ["10.0.0.2"] },
      ONE,
      ['spec.clusterIPs[0]: Invalid value: ["10.0.0.2"]: may not change once set'],
    ],
    [
      {},
      ONE,
      [
        "spec.clusterIPs[0]: Invalid value: null: primary clusterIP can not be unset",
        "spec.ipFamilies[0]: Invalid value: null: primary ipFamily can not be unset",
      ],
    ],
    [
      { ...ONE, ipFamilyPolicy: "PreferDualStack" },
      TWO,
      [
        "spec.ipFamilyPolicy: Invalid value: \"PreferDualStack\": must be set to 'SingleStack' when releasing the secondary clusterIP",
        "spec.ipFamilyPolicy: Invalid value: \"PreferDualStack\": must be set to 'SingleStack' when releasing the secondary ipFamily",
      ],
    ],
    [
      { ...TWO, clusterIP: "10.0.0.2", clusterIPs: ["10.0.0.2", "fd00::1"] },
      ONE,
      ['spec.clusterIPs[0]: Invalid value: ["10.0.0.2","fd00::1"]: may not change once set'],
    ],
    [
      { ...ONE, ipFamilies: ["IPv6"], clusterIP: "fd00::1", clusterIPs: ["fd00::1"] },
      TWO,
      [
        'spec.clusterIPs[0]: Invalid value: ["fd00::1"]: may not change once set',
        'spec.ipFamilies[0]: Invalid value: ["fd00::1"]: may not change once set',
      ],
    ],
    [HEADLESS, ONE, ['spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set']],
    [
      { ...ONE, type: "LoadBalancer", loadBalancerClass: "a" },
      { ...ONE, type: "LoadBalancer", loadBalancerClass: "b" },
      ['spec.loadBalancerClass: Invalid value: "a": may not change once set'],
    ],
    [
      { type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 30_001 },
      { type: "LoadBalancer", externalTrafficPolicy: "Local", healthCheckNodePort: 30_000 },
      ["spec.healthCheckNodePort: Forbidden: field is immutable"],
    ],
  ])("is refused: %j", (spec, old, expected) => {
    expect(services.updateProblems(made(spec), made(old))).toEqual(expected);
  });

  it("keeps addresses that were let pass once", () => {
    const odd = { clusterIP: "010.0.0.1", clusterIPs: ["010.0.0.1"], externalIPs: ["01.2.3.4"] };
    expect(services.updateProblems(made({ ...odd, selector: { a: "b" } }), made(odd))).toEqual([]);
  });

  it("drops what the new type has no use for and the client has left as it was", () => {
    const ports = [{ port: 80, nodePort: 30_080 }];
    const balanced = {
      ...ONE,
      ports,
      type: "LoadBalancer",
      loadBalancerClass: "a",
      allocateLoadBalancerNodePorts: true,
    };
    const old = made({ ...balanced, externalTrafficPolicy: "Local", healthCheckNodePort: 30_081 });
    old.status = { loadBalancer: { ingress: [{ ip: "192.0.2.1", ipMode: "VIP" }] } };
    const plain = structuredClone(old);
    Object.assign(plain.spec ?? {}, { type: "ClusterIP" });
    updated(plain, old);
    expect(plain.spec).toEqual({
      ...ONE,
      type: "ClusterIP",
      sessionAffinity: "None",
      internalTrafficPolicy: "Cluster",
      ports: [{ port: 80, protocol: "TCP", targetPort: 80 }],
    });
    expect(plain.status).toEqual({ loadBalancer: {} });
    const changed = structuredClone(old);
    Object.assign(changed.spec ?? {}, { type: "ClusterIP", loadBalancerClass: "b", healthCheckNodePort: 30_082 });
    expect(updated(changed, old).spec).toMatchObject({ loadBalancerClass: "b", healthCheckNodePort: 30_082 });
    const named = structuredClone(old);
    Object.assign(named.spec ?? {}, { type: "ExternalName", externalName: "a.b" });
    expect(Object.keys(updated(named, old).spec ?? {}).sort()).toEqual([
      "externalName",
      "internalTrafficPolicy",
      "ports",
      "sessionAffinity",
      "type",
    ]);
  });

  it("of the status says where the load balancer answers", () => {
    const at = (type: string, ingress: JsonObject[]) =>
      services.object({ spec: { type }, status: { loadBalancer: { ingress } } });
    const problems = (object: KubeObject, old = at("LoadBalancer", [])) =>
      services.updateProblems(object, old, { subresource: "status" });
    expect(problems(at("LoadBalancer", [{ ip: "192.0.2.1" }, { hostname: "a" }]))).toEqual([]);
    expect(problems(at("ClusterIP", [{ hostname: "a" }]))).toEqual([
      "status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is 'LoadBalancer'",
    ]);
    expect(
      problems(at("LoadBalancer", [{ ip: "x", ipMode: "Odd" }, { ipMode: "VIP" }, { hostname: "1.2.3.4" }])),
    ).toEqual([
      'status.loadBalancer.ingress[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      'status.loadBalancer.ingress[0].ipMode: Unsupported value: "Odd": supported values: "Proxy", "VIP"',
      "status.loadBalancer.ingress[1].ipMode: Forbidden: may not be specified when `ip` is not set",
      'status.loadBalancer.ingress[2].hostname: Invalid value: "1.2.3.4": must be a DNS name, not an IP address',
    ]);
  });
});

describe("the table of services", () => {
  it("has the columns of upstream", () => {
    expect(services.columns()).toEqual(["Name", "Type", "Cluster-IP", "External-IP", "Port(s)", "Age"]);
    expect(services.columns(true)).toEqual([...services.columns(), "Selector"]);
  });

  it.each<[JsonObject, JsonObject, (string | null)[]]>([
    [{ clusterIPs: ["10.0.0.1"] }, {}, ["ClusterIP", "10.0.0.1", "<none>", "80/TCP", "<none>"]],
    [
      { externalIPs: ["192.0.2.1", "192.0.2.2"], ports: [], selector: { b: "2", a: "1" } },
      {},
      ["ClusterIP", "<none>", "192.0.2.1,192.0.2.2", "<none>", "a=1,b=2"],
    ],
    [
      {
        type: "NodePort",
        ports: [
          { port: 80, nodePort: 30_080 },
          { port: 53, protocol: "UDP" },
        ],
      },
      {},
      ["NodePort", "<none>", "<none>", "80:30080/TCP,53/UDP", "<none>"],
    ],
    [{ type: "LoadBalancer" }, {}, ["LoadBalancer", "<none>", "<pending>", "80/TCP", "<none>"]],
    [
      { type: "LoadBalancer", externalIPs: ["192.0.2.9"] },
      { loadBalancer: { ingress: [{ ip: "192.0.2.1" }, { hostname: "lb" }] } },
      ["LoadBalancer", "<none>", "192.0.2.1,lb,192.0.2.9", "80/TCP", "<none>"],
    ],
    [{ type: "ExternalName", externalName: "a.b" }, {}, ["ExternalName", "<none>", "a.b", "80/TCP", "<none>"]],
  ])("shows %j", (spec, status, expected) => {
    const object = services.object({ spec: { ports: [{ port: 80 }], ...spec }, status });
    const names = ["Type", "Cluster-IP", "External-IP", "Port(s)", "Selector"];
    expect(names.map((name) => services.cell(name, object))).toEqual(expected);
  });

  it("can be selected by address and type", () => {
    expect([...services.version.selectableFields.keys()]).toEqual(["spec.clusterIP", "spec.type"]);
  });
});

describe("a service is warned of", () => {
  it.each<[JsonObject, string[]]>([
    [
      { clusterIP: "FD00::1", clusterIPs: ["FD00::1"] },
      ['spec.clusterIPs[0]: IPv6 address "FD00::1" should be in RFC 5952 canonical format ("fd00::1")'],
    ],
    [
      {
        clusterIP: "None",
        clusterIPs: ["None"],
        sessionAffinity: "ClientIP",
        externalIPs: ["192.0.2.1"],
        loadBalancerIP: "192.0.2.1",
      },
      [
        "spec.loadBalancerIP is ignored for headless services",
        "spec.externalIPs is ignored for headless services",
        "spec.SessionAffinity is ignored for headless services",
      ],
    ],
    [
      { externalIPs: ["192.0.2.1"] },
      ["spec.externalIPs is deprecated and may no longer be implemented in some clusters"],
    ],
    [
      { type: "ExternalName", externalName: "a.b", externalIPs: ["192.0.2.1"] },
      ['spec.externalIPs is ignored when spec.type is "ExternalName"'],
    ],
    [{ externalName: "a.b" }, ['spec.externalName is ignored when spec.type is not "ExternalName"']],
    [
      { trafficDistribution: "PreferClose" },
      ['spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"'],
    ],
  ])("%j", (spec, expected) => {
    const warnings: string[] = [];
    expect(services.problems(made(spec), { warn: (text) => warnings.push(text) })).toEqual([]);
    expect(warnings).toEqual(expected);
  });
});
