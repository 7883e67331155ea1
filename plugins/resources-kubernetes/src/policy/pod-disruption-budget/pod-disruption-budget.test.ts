import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { PodDisruptionBudget } from "./pod-disruption-budget.js";

const budgets = new Compiled(PodDisruptionBudget);
const EMPTY_MATCH = "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match";
const COUNTS = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };

describe("PodDisruptionBudget", () => {
  it.each<JsonObject>([
    {},
    { minAvailable: 1 },
    { maxUnavailable: "30%", selector: {} },
    { minAvailable: "100%", selector: { matchLabels: { app: "web" } }, unhealthyPodEvictionPolicy: "AlwaysAllow" },
  ])("takes %j", (spec) => {
    const object = budgets.object({ spec });
    expect(object.spec).toEqual(spec);
    expect(budgets.problems(object)).toEqual([]);
    expect(budgets.updateProblems(object, object)).toEqual([]);
  });

  it.each<[JsonObject, string[]]>([
    [
      { minAvailable: 1, maxUnavailable: "20%" },
      [
        'spec: Invalid value: {"MinAvailable":1,"Selector":null,"MaxUnavailable":"20%","UnhealthyPodEvictionPolicy":null}: ' +
          "minAvailable and maxUnavailable cannot be both set",
      ],
    ],
    [{ minAvailable: -1 }, ["spec.minAvailable: Invalid value: -1: must be greater than or equal to 0"]],
    [{ minAvailable: "101%" }, ['spec.minAvailable: Invalid value: "101%": must not be greater than 100%']],
    [{ maxUnavailable: "x" }, [expect.stringMatching(/^spec\.maxUnavailable: Invalid value: "x": a valid percent/)]],
    [{ maxUnavailable: "200%" }, ['spec.maxUnavailable: Invalid value: "200%": must not be greater than 100%']],
    [
      { selector: { matchExpressions: [{ key: "a", operator: "In" }] } },
      [
        "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
      ],
    ],
    [
      { unhealthyPodEvictionPolicy: "Never" },
      [
        'spec.unhealthyPodEvictionPolicy: Unsupported value: "Never": supported values: "AlwaysAllow", "IfHealthyBudget"',
      ],
    ],
  ])("refuses %j", (spec, expected) => {
    expect(budgets.problems(budgets.object({ spec }))).toEqual(expected);
  });

  it("keeps values in its selector that no label has, where they stand already", () => {
    const selector = { matchExpressions: [{ key: "a", operator: "In", values: ["-"] }] };
    const object = budgets.object({ spec: { selector } });
    expect(budgets.problems(object)).toEqual([
      expect.stringMatching(/^spec\.selector\.matchExpressions\[0\]\.values\[0\]: Invalid value: "-"/),
    ]);
    expect(budgets.updateProblems(object, object)).toEqual([]);
    expect(budgets.updateProblems(object, budgets.object({ spec: {} }))).toHaveLength(1);
  });

  it("looks at the status when that is written, and at nothing else", () => {
    const status = { disruptionsAllowed: -1, currentHealthy: -2, desiredHealthy: -3, expectedPods: -4 };
    const object = budgets.object({ spec: { minAvailable: -1 }, status });
    const text = "must be greater than or equal to 0";
    const over = { operation: "UPDATE", subresource: "status" } as const;
    expect(budgets.problems(object, over)).toEqual([
      `status.disruptionsAllowed: Invalid value: -1: ${text}`,
      `status.currentHealthy: Invalid value: -2: ${text}`,
      `status.desiredHealthy: Invalid value: -3: ${text}`,
      `status.expectedPods: Invalid value: -4: ${text}`,
    ]);
    expect(budgets.updateProblems(object, object, over)).toEqual([]);
    const condition = {
      type: "DisruptionAllowed",
      status: "Perhaps",
      reason: "R",
      message: "",
      lastTransitionTime: "2026-01-01T00:00:00Z",
    };
    expect(budgets.problems(budgets.object({ status: { conditions: [condition] } }), over)).toEqual([
      'status.conditions[0].status: Unsupported value: "Perhaps": supported values: "False", "True", "Unknown"',
    ]);
  });

  it("starts without a status, and without a key in its selector that has no meaning beside others", () => {
    const { prepareForCreate, prepareForUpdate } = budgets.version.hooks;
    const empty = { key: EMPTY_MATCH, operator: "Exists" };
    const other = { key: "a", operator: "Exists" };
    const mixed = { spec: { selector: { matchExpressions: [empty, other] } }, status: { expectedPods: 3 } };
    const made = budgets.object(mixed);
    prepareForCreate?.(made, context);
    expect(made).toMatchObject({ spec: { selector: { matchExpressions: [other] } }, status: COUNTS });
    const nothing = budgets.object({ spec: { selector: { matchExpressions: [empty] } } });
    prepareForCreate?.(nothing, context);
    expect(nothing.spec).toEqual({ selector: { matchExpressions: [empty] } });
    const everything = budgets.object({
      spec: { selector: { matchExpressions: [{ key: EMPTY_MATCH, operator: "DoesNotExist" }] } },
    });
    prepareForUpdate?.(everything, nothing, context);
    expect(everything.spec).toEqual({ selector: {} });
    const kept = budgets.object(mixed);
    prepareForUpdate?.(kept, budgets.object(mixed), context);
    expect(kept.spec).toEqual(mixed.spec);
  });

  it("is printed as upstream prints it", () => {
    expect(budgets.columns(true)).toEqual(["Name", "Min Available", "Max Unavailable", "Allowed Disruptions", "Age"]);
    const object = budgets.object({ spec: { minAvailable: 2 }, status: { disruptionsAllowed: 1 } });
    expect(
      ["Min Available", "Max Unavailable", "Allowed Disruptions"].map((name) => budgets.cell(name, object)),
    ).toEqual(["2", "N/A", 1]);
    expect(budgets.cell("Max Unavailable", budgets.object({ spec: { maxUnavailable: "5%" } }))).toBe("5%");
    expect(budgets.descriptor).toMatchObject({ unconditionalUpdate: false });
  });
});
