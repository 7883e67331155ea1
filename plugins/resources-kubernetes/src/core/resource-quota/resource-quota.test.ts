import { FieldErrors } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { ResourceQuota } from "./resource-quota.js";

const quotas = new Compiled(ResourceQuota);
const problems = (spec: Parameters<typeof quotas.object>[0]) => quotas.problems(quotas.object({ spec }));

describe("ResourceQuota", () => {
  it("keeps quantities in their canonical form, bare numbers too", () => {
    const hard = { pods: 10, cpu: "1.5", memory: "1024Mi", "requests.cpu": "100u" };
    expect(quotas.object({ spec: { hard } }).spec).toEqual({
      hard: { cpu: "1500m", memory: "1Gi", pods: "10", "requests.cpu": "1m" },
    });
  });

  it("answers what is no quantity as upstream does", () => {
    const report = { unknown: [], errors: new FieldErrors() };
    quotas.version.normaliser.normalise({ spec: { hard: { pods: "many" } } }, report);
    const message = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    expect(report.errors.list).toEqual([{ reason: "FieldValueTypeInvalid", field: "", message }]);
  });

  it("is printed as upstream prints it", () => {
    expect(quotas.columns()).toEqual(["Name", "Request", "Limit", "Age"]);
    const hard = { pods: "10", "requests.cpu": "4", "limits.memory": "8Gi", "count/rollouts.example.com": "2" };
    const object = quotas.object({ status: { hard, used: { pods: "3", "requests.cpu": "500m" } } });
    expect(quotas.cell("Request", object)).toBe("count/rollouts.example.com: 0/2, pods: 3/10, requests.cpu: 500m/4");
    expect(quotas.cell("Limit", object)).toBe("limits.memory: 0/8Gi");
  });

  it.each([
    [{ pods: "-1" }, ['spec.hard[pods]: Invalid value: "-1": must be greater than or equal to 0']],
    [{ pods: "1.5" }, ['spec.hard[pods]: Invalid value: "1500m": must be an integer']],
    [{ "count/a.b": "500m" }, ['spec.hard[count/a.b]: Invalid value: "500m": must be an integer']],
    [
      { apples: "1" },
      [
        'spec.hard[apples]: Invalid value: "apples": must be a standard resource type or fully qualified',
        'spec.hard[apples]: Invalid value: "apples": must be a standard resource for quota',
      ],
    ],
    [{ storage: "1" }, ['spec.hard[storage]: Invalid value: "storage": must be a standard resource for quota']],
    [
      { "a/b/c": "1" },
      [expect.stringMatching(/^spec\.hard\[a\/b\/c\]: Invalid value: "a\/b\/c": a valid label key must/)],
    ],
  ])("refuses %j", (hard, expected) => {
    expect(problems({ hard })).toEqual(expected);
  });

  it.each([
    { cpu: "1", "limits.cpu": "2", "requests.storage": "1Gi", "requests.ephemeral-storage": "1.5Gi" },
    { "hugepages-2Mi": "4Mi", "requests.hugepages-1Gi": "0" },
    { "count/configmaps": "0", "count/rollouts.delivery.example.com": "5", "requests.example.com/gpu": "1500m" },
    { services: "1", "services.nodeports": "2", "services.loadbalancers": "0", resourcequotas: "1" },
    { "gold.storageclass.storage.k8s.io/requests.storage": "1Ti" },
  ])("takes %j", (hard) => {
    expect(problems({ hard })).toEqual([]);
  });

  it.each([
    [{ scopes: ["Fast"] }, ['spec.scopes: Invalid value: ["Fast"]: unsupported scope']],
    [
      { scopes: ["BestEffort"], hard: { cpu: "1", pods: "1" } },
      ['spec.scopes: Invalid value: ["BestEffort"]: unsupported scope applied to resource'],
    ],
    [
      { scopes: ["Terminating", "NotTerminating"] },
      ['spec.scopes: Invalid value: ["Terminating","NotTerminating"]: conflicting scopes'],
    ],
    [
      { scopeSelector: { matchExpressions: [{ scopeName: "Terminating", operator: "In", values: ["x"] }] } },
      [
        expect.stringMatching(
          /^spec\.scopeSelector\.matchExpressions\.operator: Invalid value: "In": must be 'Exists' when/,
        ),
      ],
    ],
    [
      { scopeSelector: { matchExpressions: [{ scopeName: "PriorityClass", operator: "In" }] } },
      [
        "spec.scopeSelector.matchExpressions.values: Required value: must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
      ],
    ],
    [
      { scopeSelector: { matchExpressions: [{ scopeName: "PriorityClass", operator: "Exists", values: ["x"] }] } },
      [
        "spec.scopeSelector.matchExpressions.values: Invalid value: [\"x\"]: must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
      ],
    ],
    [
      { scopeSelector: { matchExpressions: [{ scopeName: "Fast", operator: "Like" }] } },
      [
        'spec.scopeSelector.matchExpressions.scopeName: Invalid value: "Fast": unsupported scope',
        'spec.scopeSelector.matchExpressions.operator: Invalid value: "Like": not a valid selector operator',
      ],
    ],
  ])("refuses the scopes of %j", (spec, expected) => {
    expect(problems(spec)).toEqual(expected);
  });

  it("keeps its scopes, in whatever order", () => {
    const of = (...scopes: string[]) => quotas.object({ spec: { scopes } });
    expect(quotas.updateProblems(of("NotBestEffort", "Terminating"), of("Terminating", "NotBestEffort"))).toEqual([]);
    expect(quotas.updateProblems(quotas.object({}), of("Terminating"))).toEqual([
      "spec.scopes: Invalid value: null: field is immutable",
    ]);
  });

  it("warns of more requests than limits, and starts without a status", () => {
    const warnings: string[] = [];
    const hard = { cpu: "3", "limits.cpu": "2", "requests.memory": "1Gi", "limits.memory": "1Gi" };
    const object = quotas.object({ spec: { hard }, status: { hard } });
    quotas.version.hooks.prepareForCreate?.(object, { ...context, warn: (text) => warnings.push(text) });
    expect(warnings).toEqual(["ResourceQuota cpu (3) should be less than limits.cpu (2)"]);
    expect(object.status).toEqual({});
  });
});
