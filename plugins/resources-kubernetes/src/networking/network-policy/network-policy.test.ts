import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { NetworkPolicy } from "./network-policy.js";

const policies = new Compiled(NetworkPolicy);

function from(...peers: JsonObject[]): JsonObject {
  return { spec: { podSelector: {}, ingress: [{ from: peers }] } };
}

function ports(...list: JsonObject[]): JsonObject {
  return { spec: { podSelector: {}, egress: [{ ports: list }] } };
}

describe("NetworkPolicy", () => {
  it("is about what has rules, by TCP unless it says otherwise", () => {
    const spec = policies.object(ports({ port: 53, protocol: "UDP" }, { port: "dns" })).spec;
    expect(spec).toMatchObject({
      policyTypes: ["Ingress", "Egress"],
      egress: [{ ports: [{ protocol: "UDP" }, { protocol: "TCP" }] }],
    });
    expect(policies.object({ spec: { podSelector: {} } }).spec).toMatchObject({ policyTypes: ["Ingress"] });
    const chosen = policies.object({ spec: { podSelector: {}, policyTypes: ["Egress"] } });
    expect(chosen.spec).toMatchObject({ policyTypes: ["Egress"] });
  });

  it.each<JsonObject>([
    { spec: { podSelector: { matchLabels: { app: "web" } } } },
    from({ podSelector: {} }, { namespaceSelector: {} }, { podSelector: {}, namespaceSelector: {} }),
    from({ ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }),
    ports({}, { port: 80, endPort: 90 }, { port: "http" }, { protocol: "SCTP" }),
  ])("may be %j", (fields) => {
    expect(policies.problems(policies.object(fields))).toEqual([]);
  });

  it.each<[JsonObject, string[]]>([
    [
      { spec: { podSelector: { matchLabels: { "a b": "x" } } } },
      [expect.stringMatching(/^spec\.podSelector\.matchLabels: Invalid value: "a b"/)],
    ],
    [from({}), ["spec.ingress[0].from[0]: Required value: must specify a peer"]],
    [
      from({ podSelector: {}, ipBlock: { cidr: "10.0.0.0/8" } }),
      ["spec.ingress[0].from[0]: Forbidden: may not specify both ipBlock and another peer"],
    ],
    [from({ ipBlock: { cidr: "" } }), ["spec.ingress[0].from[0].ipBlock.cidr: Required value"]],
    [
      { spec: { policyTypes: ["X"], egress: [{ to: [{ ipBlock: { cidr: "" } }] }] } },
      [
        'spec.policyTypes[0]: Unsupported value: "X": supported values: "Ingress", "Egress"',
        "spec.egress[0].to[0].ipBlock.cidr: Required value",
      ],
    ],
    [
      from({ ipBlock: { cidr: "10.0.0.1/8", except: ["11.0.0.0/16", "10.0.0.0/8", "x"] } }),
      [
        'spec.ingress[0].from[0].ipBlock.cidr: Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length',
        'spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "11.0.0.0/16": must be a strict subset of `cidr`',
        'spec.ingress[0].from[0].ipBlock.except[1]: Invalid value: "10.0.0.0/8": must be a strict subset of `cidr`',
        'spec.ingress[0].from[0].ipBlock.except[2]: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
      ],
    ],
    [
      ports({ protocol: "ICMP" }),
      ['spec.egress[0].ports[0].protocol: Unsupported value: "ICMP": supported values: "TCP", "UDP", "SCTP"'],
    ],
    [
      ports({ port: 0 }, { port: "A" }),
      [
        "spec.egress[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
        'spec.egress[0].ports[1].port: Invalid value: "A": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
        'spec.egress[0].ports[1].port: Invalid value: "A": must contain at least one letter (a-z)',
      ],
    ],
    [
      ports({ port: 80, endPort: 79 }, { port: "a", endPort: 80 }, { endPort: 80 }, { port: 80, endPort: 70_000 }),
      [
        "spec.egress[0].ports[0].endPort: Invalid value: 79: must be greater than or equal to `port`",
        "spec.egress[0].ports[1].endPort: Invalid value: 80: may not be specified when `port` is non-numeric",
        "spec.egress[0].ports[2].endPort: Invalid value: 80: may not be specified when `port` is not specified",
        "spec.egress[0].ports[3].endPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
      ],
    ],
    [
      { spec: { podSelector: {}, policyTypes: ["Ingress", "Sideways"] } },
      ['spec.policyTypes[1]: Unsupported value: "Sideways": supported values: "Ingress", "Egress"'],
    ],
    [
      { spec: { podSelector: {}, policyTypes: ["Ingress", "Egress", "Ingress"] } },
      ['spec.policyTypes: Invalid value: ["Ingress","Egress","Ingress"]: may not specify more than two policyTypes'],
    ],
  ])("is refused: %j", (fields, expected) => {
    expect(policies.problems(policies.object(fields))).toEqual(expected);
  });

  it("keeps ranges that it has, though no new ones may be written so", () => {
    const old = policies.object(from({ ipBlock: { cidr: "010.0.0.0/8" } }));
    const warnings: string[] = [];
    expect(policies.updateProblems(structuredClone(old), old, { warn: (text) => warnings.push(text) })).toEqual([]);
    expect(warnings).toEqual([
      'spec.ingress[0].from[0].ipBlock.cidr: non-standard CIDR value "010.0.0.0/8" is invalid: use "10.0.0.0/8"',
    ]);
    expect(policies.updateProblems(old, policies.object(from({ podSelector: {} })))).toEqual([
      'spec.ingress[0].from[0].ipBlock.cidr: Invalid value: "010.0.0.0/8": must not have leading 0s in IP or prefix length',
    ]);
  });

  it("is printed as upstream prints it", () => {
    expect(policies.columns(true)).toEqual(["Name", "Pod-Selector", "Age"]);
    const object = policies.object({ spec: { podSelector: { matchLabels: { app: "web" } } } });
    expect(policies.cell("Pod-Selector", object)).toBe("app=web");
  });
});
