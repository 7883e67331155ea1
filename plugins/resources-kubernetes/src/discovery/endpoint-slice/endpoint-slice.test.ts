import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { EndpointSlice } from "./endpoint-slice.js";

const slices = new Compiled(EndpointSlice);

function made(fields: JsonObject, metadata: KubeObject["metadata"] = { name: "a", namespace: "demo" }) {
  return slices.object({ addressType: "IPv4", endpoints: [], ports: [], ...fields }, metadata);
}

function of(endpoint: JsonObject, addressType = "IPv4") {
  return made({ addressType, endpoints: [{ addresses: ["10.0.0.1"], ...endpoint }] });
}

describe("EndpointSlice", () => {
  it("has nameless ports of TCP unless it says otherwise", () => {
    expect(made({ ports: [{ port: 1 }, {}] }).ports).toEqual([
      { name: "", protocol: "TCP", port: 1 },
      { name: "", protocol: "TCP" },
    ]);
  });

  it.each<JsonObject>([
    { endpoints: [{ addresses: ["10.0.0.1"], nodeName: "n", hostname: "h", zone: "z" }] },
    { addressType: "IPv6", endpoints: [{ addresses: ["fd00::1"] }] },
    { addressType: "FQDN", endpoints: [{ addresses: ["a.example.com", "a.example.com."] }] },
    { endpoints: [{ addresses: ["10.0.0.1"], hints: { forZones: [{ name: "a" }], forNodes: [{ name: "n" }] } }] },
    { ports: [{ name: "a", port: 1, appProtocol: "example.com/x" }, { name: "b" }] },
    { endpoints: null, ports: null },
  ])("may be %j", (fields) => {
    expect(slices.problems(made(fields))).toEqual([]);
  });

  it.each<[JsonObject, string[]]>([
    [{ addressType: "" }, ["addressType: Required value"]],
    [{ addressType: "IP" }, ['addressType: Unsupported value: "IP": supported values: "FQDN", "IPv4", "IPv6"']],
    [{ ports: Array.from({ length: 20_001 }, () => ({})) }, ["ports: Too many: 20001: must have at most 20000 items"]],
    [
      {
        ports: [
          { name: "a.b", protocol: "ICMP", appProtocol: "/" },
          { name: "a.b", protocol: "" },
        ],
      },
      [
        'ports[0].name: Invalid value: "a.b": must not contain dots',
        'ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"',
        'ports[0].appProtocol: Invalid value: "/": prefix part must be non-empty',
        'ports[0].appProtocol: Invalid value: "/": name part must be non-empty',
        expect.stringMatching(/^ports\[0\]\.appProtocol: Invalid value: "\/": name part must consist/),
        'ports[1].name: Invalid value: "a.b": must not contain dots',
        'ports[1].name: Duplicate value: "a.b"',
        'ports[1].protocol: Unsupported value: "": supported values: "SCTP", "TCP", "UDP"',
      ],
    ],
    [
      { endpoints: Array.from({ length: 1001 }, () => ({ addresses: ["10.0.0.1"] })) },
      ["endpoints: Too many: 1001: must have at most 1000 items"],
    ],
    [{ endpoints: [{ addresses: null }] }, ["endpoints[0].addresses: Required value"]],
    [
      { endpoints: [{ addresses: Array.from({ length: 101 }, () => "10.0.0.1") }] },
      ["endpoints[0].addresses: Too many: 101: must have at most 100 items"],
    ],
    [
      { endpoints: [{ addresses: ["x", "fd00::1", "127.0.0.1"] }] },
      [
        'endpoints[0].addresses[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
        'endpoints[0].addresses: Invalid value: "fd00::1": must be an IPv4 address',
        'endpoints[0].addresses[2]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
      ],
    ],
    [
      { addressType: "IPv6", endpoints: [{ addresses: ["10.0.0.1", "FD00::1"] }] },
      [
        'endpoints[0].addresses: Invalid value: "10.0.0.1": must be an IPv6 address',
        'endpoints[0].addresses[1]: Invalid value: "FD00::1": must be in canonical form ("fd00::1")',
      ],
    ],
    [
      { addressType: "FQDN", endpoints: [{ addresses: ["", "a", "A.b", `${"a".repeat(64)}.b`] }] },
      [
        "endpoints[0].addresses[0]: Required value",
        'endpoints[0].addresses[1]: Invalid value: "a": should be a domain with at least two segments separated by dots',
        expect.stringMatching(/^endpoints\[0\]\.addresses\[2\]: Invalid value: "A\.b": a lowercase RFC 1123 subdomain/),
        `endpoints[0].addresses[3]: Invalid value: "${"a".repeat(64)}": must be no more than 63 characters`,
      ],
    ],
    [
      { endpoints: [{ addresses: ["10.0.0.1"], nodeName: "N", hostname: "a.b", deprecatedTopology: { "a b": "c" } }] },
      [
        expect.stringMatching(/^endpoints\[0\]\.nodeName: Invalid value: "N"/),
        expect.stringMatching(/^endpoints\[0\]\.deprecatedTopology: Invalid value: "a b"/),
        'endpoints[0].hostname: Invalid value: "a.b": must not contain dots',
      ],
    ],
    [
      {
        endpoints: [
          {
            addresses: ["10.0.0.1"],
            deprecatedTopology: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, ""])),
          },
        ],
      },
      ["endpoints[0].deprecatedTopology: Too many: 17: must have at most 16 items"],
    ],
    [
      {
        endpoints: [
          { addresses: ["10.0.0.1"], hints: { forZones: [{ name: "a" }, { name: "a" }], forNodes: [{ name: "N" }] } },
          { addresses: ["10.0.0.1"], hints: { forZones: Array.from({ length: 9 }, () => ({ name: "a" })) } },
          { addresses: ["10.0.0.1"], hints: { forNodes: Array.from({ length: 9 }, () => ({ name: "a" })) } },
        ],
      },
      [
        'endpoints[0].hints.forZones[1].name: Duplicate value: "a"',
        expect.stringMatching(/^endpoints\[0\]\.hints\.forNodes\[0\]\.name: Invalid value: "N"/),
        "endpoints[1].hints.forZones: Too many: 9: must have at most 8 items",
        "endpoints[2].hints.forNodes: Too many: 9: must have at most 8 items",
      ],
    ],
  ])("is refused: %j", (fields, expected) => {
    expect(slices.problems(made(fields))).toEqual(expected);
  });

  it("keeps its type, and may stay as it is", () => {
    const old = of({ addresses: [] });
    expect(slices.updateProblems(structuredClone(old), old)).toEqual([]);
    const fixed = "addressType: Invalid value: null: field is immutable";
    expect(slices.updateProblems(of({ addresses: ["fd00::1"] }, "IPv6"), of({}))).toEqual([fixed]);
    expect(slices.updateProblems(of({}, ""), of({}))).toEqual(["addressType: Required value", fixed]);
    expect(slices.updateProblems(of({ hostname: "a.b" }, "X"), of({}))).toEqual([
      'addressType: Unsupported value: "X": supported values: "FQDN", "IPv4", "IPv6"',
      'endpoints[0].hostname: Invalid value: "a.b": must not contain dots',
      fixed,
    ]);
  });

  it("is told last of what its types declare", () => {
    expect(slices.problems(of({ addresses: [], hostname: "a.b" }, "X"))).toEqual([
      'endpoints[0].hostname: Invalid value: "a.b": must not contain dots',
      'addressType: Unsupported value: "X": supported values: "FQDN", "IPv4", "IPv6"',
      "endpoints[0].addresses: Required value",
    ]);
  });

  it("warns of names, and of odd addresses", () => {
    const warnings: string[] = [];
    const over = { warn: (text: string) => warnings.push(text) };
    slices.problems(of({ addresses: ["a.b"] }, "FQDN"), over);
    expect(warnings).toEqual(["spec.addressType: FQDN endpoints are deprecated"]);
  });

  it("counts the changes of all but the metadata, and of the labels", () => {
    const { prepareForCreate, prepareForUpdate } = slices.version.hooks;
    const old = of({});
    prepareForCreate?.(old, context);
    expect(old.metadata.generation).toBe(1);
    const updated = (next: KubeObject) => {
      next.metadata.generation = 1;
      prepareForUpdate?.(next, old, context);
      return next.metadata.generation;
    };
    expect(updated(of({}))).toBe(1);
    expect(updated(of({ zone: "z" }))).toBe(2);
    expect(updated({ ...of({}), metadata: { ...old.metadata, labels: { a: "b" } } })).toBe(2);
    expect(updated({ ...of({}), metadata: { ...old.metadata, annotations: { a: "b" } } })).toBe(1);
  });

  it("drops the topology of an older version, and keeps the node of one that had it", () => {
    const { prepareForCreate, prepareForUpdate } = slices.version.hooks;
    const deprecatedTopology = { "kubernetes.io/hostname": "n1" };
    const fresh = of({ deprecatedTopology });
    prepareForCreate?.(fresh, context);
    expect(fresh.endpoints).toEqual([{ addresses: ["10.0.0.1"], conditions: {} }]);
    const next = of({ deprecatedTopology, zone: "z" });
    prepareForUpdate?.(next, of({ deprecatedTopology }), context);
    expect(next.endpoints).toEqual([{ addresses: ["10.0.0.1"], conditions: {}, nodeName: "n1", zone: "z" }]);
  });

  it("is printed as upstream prints it", () => {
    expect(slices.columns(true)).toEqual(["Name", "AddressType", "Ports", "Endpoints", "Age"]);
    const cells = (fields: JsonObject) => {
      const object = made(fields);
      return ["AddressType", "Ports", "Endpoints"].map((name) => slices.cell(name, object));
    };
    expect(cells({})).toEqual(["IPv4", "<unset>", "<unset>"]);
    const addresses = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"];
    const endpoints = addresses.map((address) => ({ addresses: [address] }));
    expect(cells({ ports: [{ port: 80 }, { name: "a" }], endpoints })).toEqual([
      "IPv4",
      "80,a",
      "10.0.0.1,10.0.0.2,10.0.0.3 + 1 more...",
    ]);
  });
});
