import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { Endpoints } from "./endpoints.js";

const endpoints = new Compiled(Endpoints);
const ADDRESS = { ip: "10.0.0.1" };

function made(...subsets: JsonObject[]) {
  return endpoints.object({ subsets });
}

describe("Endpoints", () => {
  it("has ports of TCP unless it says otherwise", () => {
    const object = made({
      addresses: [ADDRESS],
      ports: [
        { name: "a", port: 1 },
        { name: "b", port: 2, protocol: "UDP" },
      ],
    });
    expect(object.subsets).toMatchObject([{ ports: [{ protocol: "TCP" }, { protocol: "UDP" }] }]);
    expect(endpoints.problems(object)).toEqual([]);
    expect(endpoints.problems(endpoints.object({}))).toEqual([]);
    expect(endpoints.problems(made({ notReadyAddresses: [{ ...ADDRESS, hostname: "a", nodeName: "n.x" }] }))).toEqual(
      [],
    );
  });

  it.each<[JsonObject, string[]]>([
    [{}, ["subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`"]],
    [
      { addresses: [{ ip: "" }] },
      [
        'subsets[0].addresses[0].ip: Invalid value: "": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
        'subsets[0].addresses[0].ip: Invalid value: "": must be a valid IP address',
      ],
    ],
    [
      { notReadyAddresses: [{ ip: "127.0.0.1", hostname: "a.b", nodeName: "N" }] },
      [
        'subsets[0].notReadyAddresses[0].hostname: Invalid value: "a.b": must not contain dots',
        expect.stringMatching(/^subsets\[0\]\.notReadyAddresses\[0\]\.nodeName: Invalid value: "N"/),
        'subsets[0].notReadyAddresses[0].ip: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
      ],
    ],
    [
      {
        addresses: [ADDRESS],
        ports: [
          { port: 0, protocol: "ICMP", appProtocol: "a b" },
          { name: "a.b", port: 80 },
        ],
      },
      [
        "subsets[0].ports[0].name: Required value",
        "subsets[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
        'subsets[0].ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"',
        expect.stringMatching(/^subsets\[0\]\.ports\[0\]\.appProtocol: Invalid value: "a b": name part/),
        'subsets[0].ports[1].name: Invalid value: "a.b": must not contain dots',
      ],
    ],
  ])("is refused: %j", (subset, expected) => {
    expect(endpoints.problems(made(subset))).toEqual(expected);
  });

  it("may stay as it is", () => {
    const old = made({});
    expect(endpoints.updateProblems(structuredClone(old), old)).toEqual([]);
    expect(endpoints.updateProblems(made({}, {}), old)).toHaveLength(2);
  });

  it("is warned of odd addresses, but not its controller", () => {
    const warningsOf = (labels: { [key: string]: string }) => {
      const warnings: string[] = [];
      const subsets = [{ addresses: [{ ip: "FD00::1" }], notReadyAddresses: [{ ip: "FD00::2" }] }];
      const object = endpoints.object({ subsets }, { name: "a", namespace: "demo", labels });
      endpoints.problems(object, { warn: (text) => warnings.push(text) });
      return warnings;
    };
    expect(warningsOf({})).toEqual([
      'subsets[0].addresses[0].ip: IPv6 address "FD00::1" should be in RFC 5952 canonical format ("fd00::1")',
      'subsets[0].notReadyAddresses[0].ip: IPv6 address "FD00::2" should be in RFC 5952 canonical format ("fd00::2")',
    ]);
    expect(warningsOf({ "endpoints.kubernetes.io/managed-by": "endpoint-controller" })).toEqual([]);
  });

  it("is printed as upstream prints it, and may be made by a PUT", () => {
    expect(endpoints.columns(true)).toEqual(["Name", "Endpoints", "Age"]);
    const cell = (...subsets: JsonObject[]) => endpoints.cell("Endpoints", made(...subsets));
    expect(endpoints.cell("Endpoints", endpoints.object({}))).toBe("<none>");
    expect(cell({ addresses: [ADDRESS, { ip: "fd00::1" }], ports: [{ port: 80 }] })).toBe("10.0.0.1:80,[fd00::1]:80");
    expect(cell({ addresses: [ADDRESS] })).toBe("10.0.0.1");
    const ports = [
      { name: "a", port: 1 },
      { name: "b", port: 2 },
    ];
    expect(cell({ addresses: [ADDRESS, { ip: "10.0.0.2" }], ports })).toBe(
      "10.0.0.1:1,10.0.0.2:1,10.0.0.1:2 + 1 more...",
    );
    expect(endpoints.descriptor.createOnUpdate).toBe(true);
  });
});
