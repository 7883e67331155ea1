import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { Ingress } from "./ingress.js";

const ingresses = new Compiled(Ingress);
const BACKEND = { service: { name: "web", port: { number: 80 } } };
const PORT = "must be between 1 and 65535, inclusive";

function rule(path: JsonObject): JsonObject {
  return { spec: { rules: [{ host: "a.example", http: { paths: [{ backend: BACKEND, ...path }] } }] } };
}

function problems(fields: JsonObject, annotations?: { [key: string]: string }): string[] {
  const object = ingresses.object(fields, { name: "a", namespace: "demo", ...(annotations ? { annotations } : {}) });
  return ingresses.problems(object);
}

describe("Ingress", () => {
  it.each<JsonObject>([
    { spec: { defaultBackend: BACKEND } },
    { spec: { defaultBackend: { resource: { apiGroup: "example.com", kind: "Bucket", name: "b" } } } },
    { spec: { defaultBackend: { service: { name: "1-web", port: { name: "http" } } }, ingressClassName: "nginx" } },
    rule({ path: "/a", pathType: "Exact" }),
    rule({ path: "/", pathType: "Prefix" }),
    rule({ pathType: "ImplementationSpecific" }),
    rule({ path: "/a//b", pathType: "ImplementationSpecific" }),
    { spec: { rules: [{ host: "*.a.example" }], tls: [{ hosts: ["*.a.example", "b.example"], secretName: "s" }] } },
  ])("may be %j", (fields) => {
    expect(problems(fields)).toEqual([]);
  });

  it.each<[JsonObject, string[]]>([
    [{ spec: {} }, ["spec: Invalid value: null: either `defaultBackend` or `rules` must be specified"]],
    [
      { spec: { defaultBackend: {} } },
      ['spec.defaultBackend: Invalid value: "": resource or service backend is required'],
    ],
    [
      { spec: { defaultBackend: { ...BACKEND, resource: { kind: "A", name: "b" } } } },
      ['spec.defaultBackend: Invalid value: "": cannot set both resource and service backends'],
    ],
    [
      { spec: { defaultBackend: { resource: { apiGroup: "A", kind: "", name: "a/b" } } } },
      [
        expect.stringMatching(/^spec\.defaultBackend\.resource\.apiGroup: Invalid value: "A": a lowercase RFC 1123/),
        "spec.defaultBackend.resource.kind: Required value",
        "spec.defaultBackend.resource.name: Invalid value: \"a/b\": may not contain '/'",
      ],
    ],
    [
      { spec: { defaultBackend: { service: { name: "", port: {} } } } },
      [
        "spec.defaultBackend.service.name: Required value",
        "spec.defaultBackend: Required value: port name or number is required",
      ],
    ],
    [
      { spec: { defaultBackend: { service: { name: "a.b", port: { name: "http", number: 80 } } } } },
      [
        'spec.defaultBackend.service.name: Invalid value: "a.b": must not contain dots',
        'spec.defaultBackend: Invalid value: "": cannot set both port name & port number',
      ],
    ],
    [
      { spec: { defaultBackend: { service: { name: "a", port: { number: 65536 } } } } },
      [`spec.defaultBackend.service.port.number: Invalid value: 65536: ${PORT}`],
    ],
    [
      { spec: { defaultBackend: { service: { name: "a", port: { name: "-a" } } } } },
      ['spec.defaultBackend.service.port.name: Invalid value: "-a": must not begin or end with a hyphen'],
    ],
    [rule({ path: "/" }), ["spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified"]],
    [
      rule({ path: "/", pathType: "Regex" }),
      [
        'spec.rules[0].http.paths[0].pathType: Unsupported value: "Regex": supported values: "Exact", "ImplementationSpecific", "Prefix"',
      ],
    ],
    [rule({ pathType: "Prefix" }), ['spec.rules[0].http.paths[0].path: Invalid value: "": must be an absolute path']],
    [
      rule({ path: "a", pathType: "ImplementationSpecific" }),
      ['spec.rules[0].http.paths[0].path: Invalid value: "a": must be an absolute path'],
    ],
    [
      rule({ path: "/a//b/./c/../d%2f%2F", pathType: "Exact" }),
      ["//", "/./", "/../", "%2f", "%2F"].map(
        (part) => `spec.rules[0].http.paths[0].path: Invalid value: "/a//b/./c/../d%2f%2F": must not contain '${part}'`,
      ),
    ],
    [
      rule({ path: "/a/..", pathType: "Exact" }),
      ["spec.rules[0].http.paths[0].path: Invalid value: \"/a/..\": cannot end with '/..'"],
    ],
    [
      { spec: { rules: [{ host: "1.2.3.4", http: { paths: [] } }] } },
      [
        'spec.rules[0].host: Invalid value: "1.2.3.4": must be a DNS name, not an IP address',
        "spec.rules[0].http.paths: Required value",
      ],
    ],
    [
      { spec: { rules: [{ host: "a.*.b" }] } },
      [expect.stringMatching(/^spec\.rules\[0\]\.host: Invalid value: "a\.\*\.b": a wildcard DNS-1123 subdomain must/)],
    ],
    [
      { spec: { rules: [{ host: "A" }] } },
      [expect.stringMatching(/^spec\.rules\[0\]\.host: Invalid value: "A": a lowercase RFC 1123 subdomain/)],
    ],
    [
      { spec: { defaultBackend: BACKEND, tls: [{ hosts: ["*"], secretName: "S" }] } },
      [
        expect.stringMatching(/^spec\.tls\[0\]\.hosts\[0\]: Invalid value: "\*": a wildcard DNS-1123/),
        expect.stringMatching(/^spec\.tls\[0\]\.secretName: Invalid value: "S": a lowercase RFC 1123 subdomain/),
      ],
    ],
    [
      { spec: { defaultBackend: BACKEND, ingressClassName: "A" } },
      [expect.stringMatching(/^spec\.ingressClassName: Invalid value: "A": a lowercase/)],
    ],
  ])("is refused: %j", (fields, expected) => {
    expect(problems(fields)).toEqual(expected);
  });

  it("names its class in one way, or in two that agree", () => {
    const fields = { spec: { defaultBackend: BACKEND, ingressClassName: "a" } };
    const annotation = "kubernetes.io/ingress.class";
    expect(problems(fields, { [annotation]: "a" })).toEqual([]);
    expect(problems(fields, { [annotation]: "b" })).toEqual([
      `annotations.${annotation}: Invalid value: "b": must match \`ingressClassName\` when both are specified`,
    ]);
    const warnings: string[] = [];
    const object = ingresses.object(
      { spec: { defaultBackend: BACKEND } },
      { name: "a", namespace: "demo", annotations: { [annotation]: "b" } },
    );
    ingresses.problems(object, { warn: (text) => warnings.push(text) });
    expect(warnings).toEqual([`annotation "${annotation}" is deprecated, please use 'spec.ingressClassName' instead`]);
  });

  it("checks where its load balancer answers", () => {
    const at = (ingress: JsonObject[]) =>
      ingresses.object({ spec: { defaultBackend: BACKEND }, status: { loadBalancer: { ingress } } });
    const warnings: string[] = [];
    const over = { subresource: "status", warn: (text: string) => warnings.push(text) };
    expect(ingresses.updateProblems(at([{ ip: "FD00::1" }, { hostname: "a" }]), at([]), over)).toEqual([]);
    expect(warnings).toEqual([
      'status.loadBalancer.ingress[0]: IPv6 address "FD00::1" should be in RFC 5952 canonical format ("fd00::1")',
    ]);
    expect(ingresses.updateProblems(at([{ ip: "01.2.3.4" }]), at([{ ip: "01.2.3.4" }]), over)).toEqual([]);
    expect(ingresses.updateProblems(at([{ ip: "01.2.3.4" }, { hostname: "1.2.3.4" }]), at([]), over)).toEqual([
      'status.loadBalancer.ingress[0].ip: Invalid value: "01.2.3.4": must not have leading 0s',
      'status.loadBalancer.ingress[1].hostname: Invalid value: "1.2.3.4": must be a DNS name, not an IP address',
    ]);
  });

  it("is printed as upstream prints it", () => {
    expect(ingresses.columns(true)).toEqual(["Name", "Class", "Hosts", "Address", "Ports", "Age"]);
    const cells = (fields: JsonObject) => {
      const object = ingresses.object(fields);
      return ["Class", "Hosts", "Address", "Ports"].map((name) => ingresses.cell(name, object));
    };
    expect(cells({ spec: { defaultBackend: BACKEND } })).toEqual(["<none>", "*", "", "80"]);
    const rules = ["a", "b", "", "c", "d", "e"].map((host) => ({ host }));
    const status = { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } };
    expect(cells({ spec: { ingressClassName: "x", rules, tls: [{}] }, status })).toEqual([
      "x",
      "a,b,c + 3 more...",
      "192.0.2.1",
      "80, 443",
    ]);
  });
});
