import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { IngressClass } from "./ingress-class.js";

const classes = new Compiled(IngressClass);

function parameters(over: JsonObject): JsonObject {
  return { spec: { controller: "example.com/c", parameters: { kind: "K", name: "n", ...over } } };
}

describe("IngressClass", () => {
  it("gives parameters the scope of the cluster", () => {
    const object = classes.object(parameters({}));
    expect(object.spec).toMatchObject({ parameters: { scope: "Cluster" } });
    expect(classes.problems(object)).toEqual([]);
    expect(classes.problems(classes.object(parameters({ scope: "Namespace", namespace: "demo" })))).toEqual([]);
  });

  it.each<[JsonObject, string[]]>([
    [{ spec: {} }, ["spec.controller: Required value"]],
    [
      { spec: { controller: "example.com" } },
      ['spec.controller: Invalid value: "example.com": must be a domain-prefixed path (such as "acme.io/foo")'],
    ],
    [
      { spec: { controller: `example.com/${"a".repeat(250)}` } },
      ["spec.controller: Too long: may not be more than 250 bytes"],
    ],
    [
      { spec: { controller: "A/b c" } },
      [
        expect.stringMatching(/^spec\.controller: Invalid value: "A": a lowercase RFC 1123 subdomain/),
        expect.stringMatching(/^spec\.controller: Invalid value: "b c": Invalid path \(regex used for validation is/),
      ],
    ],
    [
      parameters({ kind: "", name: "", apiGroup: "A" }),
      [
        expect.stringMatching(/^spec\.parameters\.apiGroup: Invalid value: "A"/),
        "spec.parameters.kind: Required value",
        "spec.parameters.name: Required value",
      ],
    ],
    [
      parameters({ scope: "Galaxy" }),
      ['spec.parameters.scope: Unsupported value: "Galaxy": supported values: "Cluster", "Namespace"'],
    ],
    [
      parameters({ scope: "Namespace" }),
      ["spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'"],
    ],
    [
      parameters({ scope: "Namespace", namespace: "a.b" }),
      ['spec.parameters.namespace: Invalid value: "a.b": must not contain dots'],
    ],
    [parameters({ namespace: "a" }), ["spec.parameters.namespace: Forbidden: `parameters.scope` is set to 'Cluster'"]],
  ])("is refused: %j", (fields, expected) => {
    expect(classes.problems(classes.object(fields))).toEqual(expected);
  });

  it("keeps its controller", () => {
    const old = classes.object(parameters({}));
    const changed = classes.object({ spec: { controller: "example.com/d" } });
    expect(classes.updateProblems(changed, old)).toEqual([
      'spec.controller: Invalid value: "example.com/d": field is immutable',
    ]);
    expect(classes.updateProblems(old, old)).toEqual([]);
    expect(classes.updateProblems(classes.object({ spec: {} }), old)).toEqual([
      'spec.controller: Invalid value: "": field is immutable',
      "spec.controller: Required value",
    ]);
  });

  it("is printed as upstream prints it", () => {
    expect(classes.columns(true)).toEqual(["Name", "Controller", "Parameters", "Age"]);
    const annotations = { "ingressclass.kubernetes.io/is-default-class": "true" };
    const object = classes.object(parameters({ apiGroup: "g.example" }), { name: "a", annotations });
    expect(["Name", "Controller", "Parameters"].map((name) => classes.cell(name, object))).toEqual([
      "a (default)",
      "example.com/c",
      "K.g.example/n",
    ]);
    const plain = classes.object({ spec: { controller: "example.com/c" } });
    expect(["Name", "Parameters"].map((name) => classes.cell(name, plain))).toEqual(["a", "<none>"]);
  });
});
