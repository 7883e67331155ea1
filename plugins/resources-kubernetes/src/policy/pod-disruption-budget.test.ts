import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../compiled.fixture.js";
import { PodDisruptionBudget } from "./pod-disruption-budget.js";

const kind = new Compiled(PodDisruptionBudget);
const LABEL = "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match";

describe("a disruption budget", () => {
  it.each<[JsonObject, string[]]>([
    [{ minAvailable: 1, selector: {} }, []],
    [{ maxUnavailable: "50%" }, []],
    [
      { minAvailable: 1, maxUnavailable: 1 },
      [
        'spec: Invalid value: {"minAvailable":1,"maxUnavailable":1}: minAvailable and maxUnavailable cannot be both set',
      ],
    ],
    [{ minAvailable: -1 }, ["spec.minAvailable: Invalid value: -1: must be greater than or equal to 0"]],
    [{ maxUnavailable: "101%" }, ['spec.maxUnavailable: Invalid value: "101%": must not be greater than 100%']],
    [
      { maxUnavailable: "half" },
      [
        `spec.maxUnavailable: Invalid value: "half": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')`,
      ],
    ],
    [
      { selector: { matchExpressions: [{ key: "a", operator: "Exists", values: ["b"] }] } },
      [
        "spec.selector.matchExpressions[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
      ],
    ],
    [
      { unhealthyPodEvictionPolicy: "Never" },
      [
        'spec.unhealthyPodEvictionPolicy: Unsupported value: "Never": supported values: "AlwaysAllow", "IfHealthyBudget"',
      ],
    ],
  ])("is checked: %j", (spec, problems) => {
    expect(kind.problems(kind.object({ spec }))).toEqual(problems);
  });

  it("has no counts below 0 in its status", () => {
    const status = { disruptionsAllowed: -1, currentHealthy: -2, desiredHealthy: -3, expectedPods: -4 };
    expect(kind.problems(kind.object({ status }), { subresource: "status" })).toEqual([
      "status.disruptionsAllowed: Invalid value: -1: must be greater than or equal to 0",
      "status.currentHealthy: Invalid value: -2: must be greater than or equal to 0",
      "status.desiredHealthy: Invalid value: -3: must be greater than or equal to 0",
      "status.expectedPods: Invalid value: -4: must be greater than or equal to 0",
    ]);
  });

  it.each<[JsonObject, JsonObject]>([
    [
      { matchExpressions: [{ key: LABEL, operator: "Exists" }] },
      { matchExpressions: [{ key: LABEL, operator: "Exists" }] },
    ],
    [
      {
        matchLabels: { a: "b" },
        matchExpressions: [
          { key: LABEL, operator: "Exists" },
          { key: "c", operator: "Exists" },
        ],
      },
      { matchLabels: { a: "b" }, matchExpressions: [{ key: "c", operator: "Exists" }] },
    ],
    [{ matchExpressions: [{ key: LABEL, operator: "In", values: ["a"] }] }, {}],
  ])("keeps the label of v1beta1 only as that wrote it: %j", (selector, kept) => {
    const object = kind.object({ spec: { selector } });
    const old = structuredClone(object);
    const changed = structuredClone(object);
    kind.version.hooks.prepareForCreate?.(object, context);
    expect(object.spec).toEqual({ selector: kept });
    kind.version.hooks.prepareForUpdate?.(changed, old, context);
    expect(changed).toEqual(old);
    kind.version.hooks.prepareForUpdate?.(changed, kind.object({}), context);
    expect(changed.spec).toEqual({ selector: kept });
  });

  it("is shown as upstream shows it", () => {
    expect(kind.columns()).toEqual(["Name", "Min Available", "Max Unavailable", "Allowed Disruptions", "Age"]);
    const object = kind.object({ spec: { maxUnavailable: "50%" }, status: { disruptionsAllowed: 2 } });
    const names = ["Min Available", "Max Unavailable", "Allowed Disruptions"];
    expect(names.map((name) => kind.cell(name, object))).toEqual(["N/A", "50%", 2]);
  });
});
