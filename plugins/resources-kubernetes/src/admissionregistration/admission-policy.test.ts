import type { JsonObject } from "@quarterdeck/meta";
import { beforeAll, describe, expect, it } from "vitest";
import { loadCel } from "../checks/check-cel.js";
import { Compiled } from "../compiled.fixture.js";
import { MutatingAdmissionPolicy, MutatingAdmissionPolicyV1beta1 } from "./mutating-admission-policy.js";
import {
  MutatingAdmissionPolicyBinding,
  MutatingAdmissionPolicyBindingV1alpha1,
} from "./mutating-admission-policy-binding.js";
import { ValidatingAdmissionPolicy } from "./validating-admission-policy.js";
import { ValidatingAdmissionPolicyBinding } from "./validating-admission-policy-binding.js";

const validating = new Compiled(ValidatingAdmissionPolicy);
const mutating = new Compiled(MutatingAdmissionPolicy);
const binding = new Compiled(ValidatingAdmissionPolicyBinding);

const resourceRules = [{ operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] }];
const matchConstraints = { resourceRules };
const POLICY = { matchConstraints, validations: [{ expression: "object.a == 1" }] };
const MUTATION = { patchType: "JSONPatch", jsonPatch: { expression: "[JSONPatch{op: 'remove', path: '/a'}]" } };
const MUTATING = { matchConstraints, mutations: [MUTATION], reinvocationPolicy: "Never" };

beforeAll(() => loadCel());

function undeclared(name: string, expression: string, column: number): string {
  const place = `ERROR: <input>:1:${column}: undeclared reference to '${name}' (in container '')`;
  return `Invalid value: ${JSON.stringify(expression)}: compilation failed: ${place}\n | ${expression}\n | ${".".repeat(column - 1)}^`;
}

describe("a validating policy", () => {
  it("has upstream's defaults and columns", () => {
    const object = validating.object({ spec: { ...POLICY, paramKind: { apiVersion: "a/v1", kind: "B" } } });
    expect(object.spec).toMatchObject({
      failurePolicy: "Fail",
      matchConstraints: {
        matchPolicy: "Equivalent",
        namespaceSelector: {},
        objectSelector: {},
        resourceRules: [{ scope: "*" }],
      },
    });
    expect(validating.problems(object)).toEqual([]);
    expect(validating.columns()).toEqual(["Name", "Validations", "ParamKind", "Age"]);
    expect(["Validations", "ParamKind"].map((name) => validating.cell(name, object))).toEqual([1, "a/v1/B"]);
    expect(validating.cell("ParamKind", validating.object({}))).toBe("<unset>");
  });

  it.each<[JsonObject, string[]]>([
    [{ failurePolicy: "A" }, ['failurePolicy: Unsupported value: "A": supported values: "Fail", "Ignore"']],
    [{ paramKind: {} }, ["paramKind.apiVersion: Required value", "paramKind.kind: Required value"]],
    [
      { paramKind: { apiVersion: "a/b/c", kind: "K" } },
      ['paramKind.apiVersion: Invalid value: "a/b/c": unexpected GroupVersion string: a/b/c'],
    ],
    [
      { paramKind: { apiVersion: "a/", kind: "K" } },
      ['paramKind.apiVersion: Invalid value: "a/": version must be specified'],
    ],
    [{ matchConstraints: {} }, ["matchConstraints.resourceRules: Required value"]],
    [
      { matchConstraints: { resourceRules: [{ ...resourceRules[0], resourceNames: ["a/b", "c", "c"] }] } },
      [
        "matchConstraints.resourceRules[0].resourceNames[0]: Invalid value: \"a/b\": may not contain '/'",
        'matchConstraints.resourceRules[0].resourceNames[2]: Duplicate value: "c"',
      ],
    ],
    [
      { validations: [] },
      [
        "validations: Required value: validations or auditAnnotations must contain at least one item",
        "auditAnnotations: Required value: validations or auditAnnotations must contain at least one item",
      ],
    ],
    [
      {
        variables: [
          { name: "1", expression: "params.a" },
          { name: "in", expression: "" },
          { name: " ", expression: "variables.a" },
        ],
      },
      [
        'variables[0].name: Invalid value: "1": must be a valid CEL identifier',
        `variables[0].expression: ${undeclared("params", "params.a", 1)}`,
        'variables[1].name: Invalid value: "in": must be a valid CEL identifier',
        "variables[1].expression: Required value: expression is not specified",
        "variables[2].name: Required value: name is not specified",
      ],
    ],
    [
      {
        matchConditions: [{ name: "a", expression: "object.spec.paused" }],
        validations: [{ expression: "1", messageExpression: "true" }],
        auditAnnotations: [{ key: "k", valueExpression: "object.a == 1" }],
      },
      [
        'matchConditions[0].expression: Invalid value: "object.spec.paused": must evaluate to bool but got dyn',
        'validations[0].expression: Invalid value: "1": must evaluate to bool but got int',
        'validations[0].messageExpression: Invalid value: "true": must evaluate to string but got bool',
        'auditAnnotations[0].valueExpression: Invalid value: "object.a == 1": must evaluate to one of [string null_type] but got bool',
      ],
    ],
    [
      { validations: [{ expression: " " }, { expression: "variables.a", messageExpression: " ", message: " " }] },
      [
        "validations[0].expression: Required value: expression is not specified",
        `validations[1].expression: ${undeclared("variables", "variables.a", 1)}`,
        'validations[1].messageExpression: Invalid value: " ": must be non-empty if specified',
        'validations[1].message: Invalid value: " ": must be non-empty if specified',
      ],
    ],
    [
      { validations: [{ expression: "true", messageExpression: "authorizer.a", message: "a\nb", reason: "Bad" }] },
      [
        `validations[0].messageExpression: ${undeclared("authorizer", "authorizer.a", 1)}`,
        'validations[0].message: Invalid value: "a\\nb": must not contain line breaks',
        'validations[0].reason: Unsupported value: "Bad": supported values: "Forbidden", "Invalid", "RequestEntityTooLarge"',
      ],
    ],
    [
      {
        auditAnnotations: [
          { key: "k", valueExpression: "" },
          { key: "k", valueExpression: "x" },
          { key: "l", valueExpression: `'${"a".repeat(5200)}'` },
        ],
      },
      [
        "auditAnnotations[0].valueExpression: Required value: valueExpression is not specified",
        `auditAnnotations[1].valueExpression: ${undeclared("x", "x", 1)}`,
        'auditAnnotations[1].key: Duplicate value: "k"',
        "auditAnnotations[2].valueExpression: Required value: must not exceed 5120 bytes in length",
      ],
    ],
  ])("is checked: %j", (fields, problems) => {
    const object = validating.object({ spec: { ...POLICY, ...fields } });
    expect(validating.problems(object)).toEqual(problems.map((problem) => `spec.${problem}`));
  });

  it("needs constraints", () => {
    const object = validating.object({ spec: { validations: POLICY.validations } });
    expect(validating.problems(object)).toEqual(["spec.matchConstraints: Required value"]);
  });

  it("may keep conditions as they are, and has its status checked", () => {
    const old = validating.object({ spec: { ...POLICY, matchConditions: [{ name: "a", expression: "(" }] } });
    expect(validating.problems(old)).toHaveLength(1);
    expect(validating.updateProblems(old, old)).toEqual([]);
    const status = { typeChecking: { expressionWarnings: [{ warning: "", fieldRef: " " }] } };
    expect(validating.updateProblems({ ...old, status }, old, { subresource: "status" })).toEqual([
      "status.typeChecking.expressionWarnings[0].warning: Required value",
      "status.typeChecking.expressionWarnings[0].fieldRef: Required value",
    ]);
  });
});

describe("a mutating policy", () => {
  it("has upstream's defaults and columns", () => {
    const object = mutating.object({ spec: MUTATING });
    expect(object.spec).toMatchObject({ failurePolicy: "Fail", matchConstraints: { matchPolicy: "Equivalent" } });
    expect(mutating.problems(object)).toEqual([]);
    expect(mutating.columns()).toEqual(["Name", "Mutations", "ParamKind", "Age"]);
    expect(mutating.cell("Mutations", object)).toBe(1);
  });

  it.each<[JsonObject, string[]]>([
    [
      { mutations: [], reinvocationPolicy: "" },
      ["mutations: Required value: mutations must contain at least one item", "reinvocationPolicy: Required value"],
    ],
    [
      { reinvocationPolicy: "A" },
      ['reinvocationPolicy: Unsupported value: "A": supported values: "IfNeeded", "Never"'],
    ],
    [
      { matchConstraints: { resourceRules: [{ ...resourceRules[0], operations: ["DELETE"] }] } },
      [
        'matchConstraints.resourceRules.operations: Unsupported value: "DELETE": supported values: "*", "CONNECT", "CREATE", "UPDATE"',
      ],
    ],
    [
      { mutations: [{ patchType: "" }, { patchType: "A" }] },
      [
        "mutations[0].patchType: Required value",
        'mutations[1].patchType: Unsupported value: "A": supported values: "ApplyConfiguration", "JSONPatch"',
      ],
    ],
    [
      { mutations: [{ patchType: "JSONPatch", applyConfiguration: { expression: "a" } }] },
      [
        "mutations[0].jsonPatch: Required value: must be specified when patchType is JSONPatch",
        'mutations[0].applyConfiguration: Invalid value: "{applyConfiguration}": must not be specified when patchType is JSONPatch',
      ],
    ],
    [
      { mutations: [{ patchType: "ApplyConfiguration", jsonPatch: {} }] },
      [
        "mutations[0].applyConfiguration: Required value: must be specified when patchType is ApplyConfiguration",
        'mutations[0].jsonPatch: Invalid value: "{jsonPatch}": must not be specified when patchType is ApplyConfiguration',
      ],
    ],
    [
      {
        mutations: [
          { patchType: "JSONPatch", jsonPatch: {} },
          { patchType: "ApplyConfiguration", applyConfiguration: { expression: "Object{a: b}" } },
        ],
      },
      [
        "mutations[0].jsonPatch.expression: Required value",
        `mutations[1].applyConfiguration.expression: ${undeclared("b", "Object{a: b}", 11)}`,
      ],
    ],
  ])("is checked: %j", (fields, problems) => {
    const object = mutating.object({ spec: { ...MUTATING, ...fields } });
    expect(mutating.problems(object)).toEqual(problems.map((problem) => `spec.${problem}`));
  });

  it("has older versions that behave as it does", () => {
    const beta = new Compiled(MutatingAdmissionPolicyV1beta1, MutatingAdmissionPolicy);
    expect(beta.version).toMatchObject({
      served: false,
      deprecationWarning:
        "admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicy is deprecated in v1.37+, unavailable in v1.40+; use admissionregistration.k8s.io/v1 MutatingAdmissionPolicy",
    });
    const object = beta.object({ spec: MUTATING });
    expect(beta.problems(object)).toEqual([]);
    expect(beta.columns()).toEqual(mutating.columns());
    const stored = beta.version.toStorage(object);
    expect(stored).toEqual(mutating.object({ spec: MUTATING }));
    expect(beta.version.fromStorage(stored)).toEqual(object);
  });
});

describe("a binding", () => {
  it.each<[JsonObject, string[]]>([
    [{ policyName: "a", validationActions: ["Deny"] }, []],
    [{}, ["policyName: Required value", "validationActions: Required value"]],
    [
      { validationActions: ["Log"] },
      [
        'validationActions[0]: Unsupported value: "Log": supported values: "Audit", "Deny", "Warn"',
        "policyName: Required value",
      ],
    ],
    [
      { policyName: "a", validationActions: ["Deny", "Warn", "Warn", "Log"] },
      [
        'validationActions[2]: Duplicate value: "Warn"',
        'validationActions[3]: Unsupported value: "Log": supported values: "Audit", "Deny", "Warn"',
        'validationActions: Invalid value: ["Deny","Warn","Warn","Log"]: must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)',
      ],
    ],
    [
      { policyName: "a", validationActions: ["Audit"], paramRef: {} },
      [
        "paramRef: Required value: one of name or selector must be specified",
        "paramRef.parameterNotFoundAction: Required value",
      ],
    ],
    [
      {
        policyName: "a",
        validationActions: ["Audit"],
        paramRef: { name: "..", selector: {}, parameterNotFoundAction: "No" },
      },
      [
        "paramRef.name: Invalid value: \"..\": may not be '..'",
        "paramRef.name: Forbidden: name and selector are mutually exclusive",
        "paramRef.selector: Forbidden: name and selector are mutually exclusive",
        'paramRef.parameterNotFoundAction: Unsupported value: "No": supported values: "Deny", "Allow"',
      ],
    ],
  ])("is checked: %j", (spec, problems) => {
    expect(binding.problems(binding.object({ spec }))).toEqual(problems.map((problem) => `spec.${problem}`));
  });

  it.each<[JsonObject, string]>([
    [{}, "<unset>"],
    [{ paramRef: { name: "a" } }, "*/a"],
    [{ paramRef: { name: "a", namespace: "b" } }, "b/a"],
    [
      {
        paramRef: {
          selector: {
            matchLabels: { b: "c", a: "d" },
            matchExpressions: [{ key: "k", operator: "In", values: ["x", "y"] }],
          },
        },
      },
      "&LabelSelector{MatchLabels:map[string]string{a: d,b: c,},MatchExpressions:[]LabelSelectorRequirement{LabelSelectorRequirement{Key:k,Operator:In,Values:[x y],},},}",
    ],
  ])("shows its parameters: %j", (spec, cell) => {
    const object = binding.object({ spec: { policyName: "p", ...spec } });
    expect(["PolicyName", "ParamRef"].map((name) => binding.cell(name, object))).toEqual(["p", cell]);
  });

  it("of a mutating policy is for what can be changed, and in v1alpha1 has a default more", () => {
    const kind = new Compiled(MutatingAdmissionPolicyBinding);
    const matchResources = { resourceRules: [{ ...resourceRules[0], operations: ["DELETE"] }] };
    expect(kind.problems(kind.object({ spec: { policyName: "a", matchResources } }))).toEqual([
      'spec.matchResources.resourceRules.operations: Unsupported value: "DELETE": supported values: "*", "CONNECT", "CREATE", "UPDATE"',
    ]);
    const alpha = new Compiled(MutatingAdmissionPolicyBindingV1alpha1, MutatingAdmissionPolicyBinding);
    const object = alpha.object({ spec: { policyName: "a", paramRef: { name: "b" } } });
    expect(object.spec).toEqual({ policyName: "a", paramRef: { name: "b", parameterNotFoundAction: "Deny" } });
  });
});
