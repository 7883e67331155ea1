import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { Node } from "./node.js";

const nodes = new Compiled(Node);

function node(fields: JsonObject = {}, metadata: KubeObject["metadata"] = { name: "n" }): KubeObject {
  return nodes.object(fields, metadata);
}

function matching(messages: readonly (string | RegExp)[]): unknown[] {
  return messages.map((one) => (typeof one === "string" ? one : expect.stringMatching(one)));
}

const EMPTY_INFO = {
  machineID: "",
  systemUUID: "",
  bootID: "",
  kernelVersion: "",
  osImage: "",
  containerRuntimeVersion: "",
  kubeletVersion: "",
  kubeProxyVersion: "",
  operatingSystem: "",
  architecture: "",
};

describe("a node", () => {
  it("lets pods have all that it has", () => {
    const object = node({ status: { capacity: { cpu: "4", memory: "1.00001" } } });
    expect(object.status).toEqual({
      capacity: { cpu: "4", memory: "1001m" },
      allocatable: { cpu: "4", memory: "1001m" },
      daemonEndpoints: { kubeletEndpoint: { Port: 0 } },
      nodeInfo: EMPTY_INFO,
    });
    const again = structuredClone(object);
    nodes.version.hooks.default?.(again);
    expect(again).toEqual(object);
    expect(node({ status: { capacity: { cpu: "4" }, allocatable: { cpu: "3" } } }).status).toMatchObject({
      allocatable: { cpu: "3" },
    });
  });

  it.each<[JsonObject, JsonObject]>([
    [{ podCIDR: "10.0.0.0/24" }, { podCIDR: "10.0.0.0/24", podCIDRs: ["10.0.0.0/24"] }],
    [{ podCIDRs: ["10.0.0.0/24", "fd00::/64"] }, { podCIDR: "10.0.0.0/24", podCIDRs: ["10.0.0.0/24", "fd00::/64"] }],
    [
      { podCIDR: "10.0.0.0/24", podCIDRs: ["10.1.0.0/24", "fd00::/64"] },
      { podCIDR: "10.0.0.0/24", podCIDRs: ["10.0.0.0/24"] },
    ],
  ])("says the ranges of its pods in both fields: %j", (spec, expected) => {
    expect(node({ spec }).spec).toEqual(expected);
  });

  it("keeps its status when it is made, without the configuration of old", () => {
    const config = { error: "x" };
    const object = node({ spec: { configSource: {} }, status: { phase: "Running", config } });
    nodes.version.hooks.prepareForCreate?.(object, { ...context, operation: "CREATE" });
    expect(object.spec).toEqual({});
    expect(object.status).toMatchObject({ phase: "Running" });
    expect(object.status).not.toHaveProperty("config");
    const told = node({ status: { config } });
    nodes.version.hooks.prepareForPartUpdate?.(told, node(), { ...context, subresource: "status" });
    expect(told.status).not.toHaveProperty("config");
    const changed = node({ spec: { configSource: {} } });
    nodes.version.hooks.prepareForUpdate?.(changed, node(), context);
    expect(changed.spec).toEqual({});
  });
});

describe("a node is refused", () => {
  const taint = { key: "a", value: "b", effect: "NoSchedule" };
  it.each<[JsonObject, (string | RegExp)[]]>([
    [
      { spec: { taints: [{ key: "a b", value: "%", effect: "" }] } },
      [
        /^metadata\.taints\[0\]\.key: Invalid value: "a b": name part must consist of/,
        /^metadata\.taints\[0\]\.value: Invalid value: "%": a valid label must be/,
        "metadata.taints[0].effect: Required value",
      ],
    ],
    [
      { spec: { taints: [{ key: "a", effect: "Now" }] } },
      [
        'metadata.taints[0].effect: Unsupported value: "Now": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
      ],
    ],
    [
      { spec: { taints: [taint, { ...taint, value: "c" }] } },
      [
        'metadata.taints[1]: Duplicate value: {"Key":"a","Value":"c","Effect":"NoSchedule","TimeAdded":null}: taints must be unique by key and effect pair',
      ],
    ],
    [{ spec: { taints: [taint, { ...taint, effect: "NoExecute" }] } }, []],
    [
      { status: { capacity: { cpu: "-1" } } },
      [
        'status.capacity.cpu: Invalid value: "-1": must be greater than or equal to 0',
        'status.allocatable.cpu: Invalid value: "-1": must be greater than or equal to 0',
      ],
    ],
    [
      { status: { capacity: { pods: "1" }, allocatable: { pods: "500m" } } },
      ['status.allocatable.pods: Invalid value: "500m": must be an integer'],
    ],
    [
      { status: { nodeInfo: { swap: { capacity: 0 } } } },
      ["metadata.nodeSwapStatus.capacity: Invalid value: 0: must be greater than zero"],
    ],
    [
      { status: { declaredFeatures: ["lower", "B", "B", "A/b"] } },
      [
        /^status\.declaredFeatures\[0\]: Invalid value: "lower": invalid feature name "lower": must start with an UpperCamelCase/,
        'status.declaredFeatures[1]: Invalid value: "B": list must be sorted alphabetically',
        'status.declaredFeatures[2]: Duplicate value: "B"',
        'status.declaredFeatures[3]: Invalid value: "A/b": list must be sorted alphabetically',
      ],
    ],
    [{ status: { declaredFeatures: ["A".repeat(254)] } }, [/must be no more than 253 characters$/]],
    [
      { spec: { podCIDRs: ["10.0.0.0/24", "10.1.0.0/24"] } },
      [
        'spec.podCIDRs: Invalid value: ["10.0.0.0/24","10.1.0.0/24"]: may specify no more than one CIDR for each IP family',
      ],
    ],
    [
      { spec: { podCIDRs: ["10.0.0.0/24", "x"] } },
      [
        /^spec\.podCIDRs\[1\]: Invalid value: "x": must be a valid CIDR value/,
        "spec.podCIDRs: Internal error: invalid PodCIDRs. failed to check with dual stack with error:invalid CIDR[1]: <nil> (invalid CIDR address: x)",
        'spec.podCIDRs: Invalid value: ["10.0.0.0/24","x"]: may specify no more than one CIDR for each IP family',
      ],
    ],
    [{ spec: { podCIDRs: ["10.0.0.0/24", "fd00::/64"] } }, []],
  ])("for %j", (fields, messages) => {
    expect(nodes.problems(node(fields))).toEqual(matching(messages));
  });

  const TAINTS = "scheduler.alpha.kubernetes.io/taints";
  const AVOID = "scheduler.alpha.kubernetes.io/preferAvoidPods";
  it.each<[{ [key: string]: string }, (string | RegExp)[]]>([
    [{ [TAINTS]: "{" }, [/^metadata\.annotations: Invalid value: "scheduler\.alpha\.kubernetes\.io\/taints": /]],
    [{ [TAINTS]: "[1]" }, [/^metadata\.annotations: Invalid value: ".*taints": json: cannot unmarshal/]],
    [{ [TAINTS]: '[{"key":"a"}]' }, [`metadata.annotations.${TAINTS}[0].effect: Required value`]],
    [{ [TAINTS]: '[{"key":"a","effect":"NoExecute"}]', [AVOID]: "{}" }, []],
    [
      { [AVOID]: "}" },
      [/^metadata\.annotations\.AvoidPods: Invalid value: "scheduler\.alpha\.kubernetes\.io\/preferAvoidPods": /],
    ],
    [
      { [AVOID]: '{"preferAvoidPods":[{},{"podSignature":{"podController":{"controller":false}}}]}' },
      [
        `metadata.annotations.${AVOID}[0].PodSignature: Required value`,
        `metadata.annotations.${AVOID}[1].PodSignature.PodController.Controller: Invalid value: false: must point to a controller`,
      ],
    ],
    [{ [AVOID]: '{"preferAvoidPods":[{"podSignature":{"podController":{"controller":true}}}]}' }, []],
  ])("for its annotations %j", (annotations, messages) => {
    expect(nodes.problems(node({}, { name: "n", annotations }))).toEqual(matching(messages));
  });
});

describe("an update", () => {
  it.each<[string, JsonObject, JsonObject, string[]]>([
    ["its provider, once", {}, { providerID: "p" }, []],
    [
      "its provider again",
      { providerID: "p" },
      { providerID: "q" },
      ["spec.providerID: Invalid value: null: field cannot be modified once set"],
    ],
    [
      "its provider to none",
      { providerID: "p" },
      {},
      ["spec.providerID: Invalid value: null: field cannot be cleared once set"],
    ],
    ["its ranges, once", {}, { podCIDR: "10.0.0.0/24" }, []],
    [
      "its ranges again",
      { podCIDR: "10.0.0.0/24" },
      { podCIDR: "10.1.0.0/24" },
      ['spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid'],
    ],
    [
      "its ranges to none",
      { podCIDR: "10.0.0.0/24" },
      {},
      ['spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid'],
    ],
    ["its external ID", {}, { externalID: "e" }, ["spec.externalID: Forbidden: may not be updated"]],
    ["whether it takes pods", {}, { unschedulable: true, taints: [{ key: "a", effect: "NoExecute" }] }, []],
  ])("of %s", (_what, before, after, messages) => {
    expect(nodes.updateProblems(node({ spec: after }), node({ spec: before }))).toEqual(messages);
  });

  it("of the status says each address once", () => {
    const address = { type: "InternalIP", address: "10.0.0.1" };
    const object = node({ status: { addresses: [address, { ...address, type: "ExternalIP" }, address] } });
    expect(nodes.updateProblems(object, node(), { subresource: "status" })).toEqual([
      'status.addresses[2]: Duplicate value: {"Type":"InternalIP","Address":"10.0.0.1"}',
    ]);
  });
});

it("is warned of fields that nobody uses and ranges that are written oddly", () => {
  const warnings: string[] = [];
  const object = node({ spec: { externalID: "e", podCIDRs: ["FD00::/64"] } });
  expect(nodes.problems(object, { warn: (text) => warnings.push(text) })).toEqual([]);
  expect(warnings).toEqual([
    "spec.externalID: this field is deprecated, and is unused by Kubernetes",
    'spec.podCIDRs[0]: IPv6 CIDR value "FD00::/64" should be in RFC 5952 canonical format ("fd00::/64")',
  ]);
});

describe("columns", () => {
  const names = ["Status", "Roles", "Version"];
  const wide = ["Internal-IP", "External-IP", "OS-Image", "Kernel-Version", "Container-Runtime"];
  const cells = (object: KubeObject) => [...names, ...wide].map((name) => nodes.cell(name, object));

  it("are upstream's", () => {
    expect(nodes.columns()).toEqual(["Name", "Status", "Roles", "Age", "Version"]);
    expect(nodes.columns(true)).toEqual(["Name", "Status", "Roles", "Age", "Version", ...wide]);
  });

  it("tell what is known of a node", () => {
    expect(cells(node())).toEqual(["Unknown", "<none>", "", "<none>", "<none>", "<unknown>", "<unknown>", "<unknown>"]);
    const nodeInfo = {
      ...EMPTY_INFO,
      kubeletVersion: "v1.37.2",
      osImage: "Linux",
      kernelVersion: "6.1",
      architecture: "arm64",
      containerRuntimeVersion: "containerd://2.1",
    };
    const addresses = [
      { type: "Hostname", address: "n" },
      { type: "InternalIP", address: "10.0.0.1" },
      { type: "ExternalIP", address: "192.0.2.1" },
    ];
    const labels = {
      "node-role.kubernetes.io/worker": "",
      "node-role.kubernetes.io/control-plane": "",
      "node-role.kubernetes.io/": "",
      "kubernetes.io/role": "edge",
    };
    const conditions = [{ type: "Ready", status: "True" }];
    const object = node(
      { spec: { unschedulable: true }, status: { nodeInfo, addresses, conditions } },
      { name: "n", labels },
    );
    expect(cells(object)).toEqual([
      "Ready,SchedulingDisabled",
      "control-plane,edge,worker",
      "v1.37.2",
      "10.0.0.1",
      "192.0.2.1",
      "Linux",
      "6.1 (arm64)",
      "containerd://2.1",
    ]);
    expect(nodes.cell("Status", node({ status: { conditions: [{ type: "Ready", status: "Unknown" }] } }))).toBe(
      "NotReady",
    );
  });
});
