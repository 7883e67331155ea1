import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { beforeAll, describe, expect, it } from "vitest";
import { loadCel } from "../checks/check-cel.js";
import { Compiled } from "../compiled.fixture.js";
import { MutatingWebhookConfiguration } from "./mutating-webhook-configuration.js";
import { ValidatingWebhookConfiguration } from "./validating-webhook-configuration.js";

const kind = new Compiled(ValidatingWebhookConfiguration);
const HOOK = {
  name: "a.example.com",
  sideEffects: "None",
  admissionReviewVersions: ["v1"],
  clientConfig: { url: "https://example.com/a" },
};

function configuration(hook: JsonObject, ...more: JsonObject[]): KubeObject {
  return kind.object({ webhooks: [{ ...HOOK, ...hook }, ...more] });
}

const rule = (fields: JsonObject): JsonObject => ({
  rules: [{ operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods"], ...fields }],
});

beforeAll(() => loadCel());

describe("a webhook configuration", () => {
  it("has upstream's defaults", () => {
    const clientConfig = { service: { namespace: "a", name: "b" } };
    const fields = { webhooks: [{ ...HOOK, clientConfig, ...rule({}) }] };
    const defaults = {
      ...HOOK,
      clientConfig: { service: { namespace: "a", name: "b", port: 443 } },
      rules: [{ operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods"], scope: "*" }],
      failurePolicy: "Fail",
      matchPolicy: "Equivalent",
      namespaceSelector: {},
      objectSelector: {},
      timeoutSeconds: 10,
    };
    expect(kind.object(fields).webhooks).toEqual([defaults]);
    const mutating = new Compiled(MutatingWebhookConfiguration);
    expect(mutating.object(fields).webhooks).toEqual([{ ...defaults, reinvocationPolicy: "Never" }]);
    expect(kind.problems(kind.object(fields))).toEqual([]);
    expect(kind.cell("Webhooks", kind.object(fields))).toBe(1);
    expect(kind.cell("Webhooks", kind.object({}))).toBe(0);
    expect(kind.columns()).toEqual(["Name", "Webhooks", "Age"]);
  });

  it.each<[JsonObject, string[]]>([
    [{ name: "" }, ["name: Required value"]],
    [
      { name: "a.b" },
      ['name: Invalid value: "a.b": should be a domain with at least three segments separated by dots'],
    ],
    [rule({ operations: [] }), ["rules[0].operations: Required value"]],
    [
      rule({ operations: ["*", "GET"] }),
      [
        `rules[0].operations: Invalid value: ["*","GET"]: if '*' is present, must not specify other operations`,
        'rules[0].operations[1]: Unsupported value: "GET": supported values: "*", "CONNECT", "CREATE", "DELETE", "UPDATE"',
      ],
    ],
    [
      rule({ apiGroups: ["*", "a"], apiVersions: ["*", ""], scope: "All" }),
      [
        `rules[0].apiGroups: Invalid value: ["*","a"]: if '*' is present, must not specify other API groups`,
        `rules[0].apiVersions: Invalid value: ["*",""]: if '*' is present, must not specify other API versions`,
        "rules[0].apiVersions[1]: Required value",
        'rules[0].scope: Unsupported value: "All": supported values: "*", "Cluster", "Namespaced"',
      ],
    ],
    [
      rule({ apiGroups: [], apiVersions: [], resources: [] }),
      [
        "rules[0].apiGroups: Required value",
        "rules[0].apiVersions: Required value",
        "rules[0].resources: Required value",
      ],
    ],
    [
      rule({ resources: ["*", "", "pods/*", "pods/log", "*/status", "a/status", "*/*", "b"] }),
      [
        "rules[0].resources[1]: Required value",
        `rules[0].resources[3]: Invalid value: "pods/log": if 'pods/*' is present, must not specify pods/log`,
        `rules[0].resources[5]: Invalid value: "a/status": if '*/status' is present, must not specify a/status`,
        `rules[0].resources: Invalid value: ["*","","pods/*","pods/log","*/status","a/status","*/*","b"]: if '*/*' is present, must not specify other resources`,
        `rules[0].resources: Invalid value: ["*","","pods/*","pods/log","*/status","a/status","*/*","b"]: if '*' is present, must not specify other resources without subresources`,
      ],
    ],
    [
      { failurePolicy: "A", matchPolicy: "B", sideEffects: "Some", timeoutSeconds: 31 },
      [
        'failurePolicy: Unsupported value: "A": supported values: "Fail", "Ignore"',
        'matchPolicy: Unsupported value: "B": supported values: "Equivalent", "Exact"',
        'sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun"',
        "timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds",
      ],
    ],
    [
      {
        namespaceSelector: { matchExpressions: [{ key: "a", operator: "In" }] },
        objectSelector: { matchExpressions: [{ key: "a", operator: "?" }] },
      },
      [
        "namespaceSelector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
        'objectSelector.matchExpressions[0].operator: Invalid value: "?": not a valid selector operator',
      ],
    ],
    [{ sideEffects: null }, ["sideEffects: Required value: must specify one of None, NoneOnDryRun"]],
    [{ clientConfig: {} }, ["clientConfig: Required value: exactly one of url or service is required"]],
    [
      { clientConfig: { url: "http://ann@/a?b#c" } },
      [
        `clientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: https://host[/path]`,
        'clientConfig.url: Invalid value: "": host must be specified; desired format: https://host[/path]',
        'clientConfig.url: Invalid value: "ann": user information is not permitted in the URL',
        'clientConfig.url: Invalid value: "c": fragments are not permitted in the URL',
        'clientConfig.url: Invalid value: "b": query parameters are not permitted in the URL',
      ],
    ],
    [
      { clientConfig: { url: ":" } },
      [
        'clientConfig.url: Required value: url must be a valid URL: parse ":": missing protocol scheme; desired format: https://host[/path]',
      ],
    ],
    [
      { clientConfig: { service: { name: "", namespace: "", port: 70_000, path: "a//b" } } },
      [
        "clientConfig.service.name: Required value",
        "clientConfig.service.namespace: Required value",
        "clientConfig.service.port: Invalid value: 70000: port is not valid: must be between 1 and 65535, inclusive",
        `clientConfig.service.path: Invalid value: "a//b": must start with a '/'`,
        'clientConfig.service.path: Invalid value: "a//b": segment[0] may not be empty',
        'clientConfig.service.path: Invalid value: "a//b": segment[1] may not be empty',
      ],
    ],
    [
      { clientConfig: { service: { name: "a", namespace: "b", path: "//" } } },
      ['clientConfig.service.path: Invalid value: "//": segment[0] may not be empty'],
    ],
    [{ admissionReviewVersions: [] }, ["admissionReviewVersions: Required value: must specify one of v1, v1beta1"]],
    [
      { admissionReviewVersions: ["v2", "v2"] },
      [
        'admissionReviewVersions[1]: Invalid value: "v2": duplicate version',
        'admissionReviewVersions: Invalid value: ["v2","v2"]: must include at least one of v1, v1beta1',
      ],
    ],
    [
      {
        matchConditions: [
          { name: "a", expression: " object.a == x " },
          { name: "a", expression: "" },
          { name: "", expression: "true" },
        ],
      },
      [
        "matchConditions[0].expression: Invalid value: \"object.a == x\": compilation failed: ERROR: <input>:1:13: undeclared reference to 'x' (in container '')\n | object.a == x\n | ............^",
        "matchConditions[1].expression: Required value",
        'matchConditions[1].name: Duplicate value: "a"',
        "matchConditions[2].name: Required value",
      ],
    ],
    [
      { matchConditions: Array.from({ length: 65 }, (_, index) => ({ name: `n${index}`, expression: "true" })) },
      ["matchConditions: Too many: 65: must have at most 64 items"],
    ],
  ])("is checked: %j", (hook, problems) => {
    expect(kind.problems(configuration(hook))).toEqual(problems.map((problem) => `webhooks[0].${problem}`));
  });

  it("has each name once", () => {
    expect(kind.problems(configuration({}, HOOK))).toEqual(['webhooks[1].name: Duplicate value: "a.example.com"']);
  });

  it("may keep what it has against younger rules", () => {
    const bad = {
      sideEffects: "Unknown",
      admissionReviewVersions: ["v2"],
      matchConditions: [{ name: "a", expression: "(" }],
    };
    const old = configuration(bad, { ...HOOK, ...bad });
    expect(kind.updateProblems(old, old)).toEqual([]);
    const good = configuration({});
    expect(kind.updateProblems(old, good)).toHaveLength(7);
  });

  it("warns of rules for what no webhook is asked about, and of the names of files", () => {
    const warnings: string[] = [];
    const warn = (text: string): void => void warnings.push(text);
    const object = configuration(rule({ apiGroups: ["authorization.k8s.io"], resources: ["subjectaccessreviews"] }));
    expect(kind.problems(object, { warn })).toEqual([]);
    expect(warnings).toEqual([
      "webhooks[0].rules[0]: subjectaccessreviews.authorization.k8s.io is excluded from admission webhooks; this rule will have no effect",
    ]);
    object.metadata.name = "a.static.k8s.io";
    expect(kind.problems(object)).toEqual([
      'metadata.name: Invalid value: "a.static.k8s.io": names ending with ".static.k8s.io" are reserved for static manifest-based configurations and cannot be managed via the API',
    ]);
  });
});
