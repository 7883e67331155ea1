import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { aggregatedRules } from "./aggregated-rules.js";

const rule = (resource: string) => ({ verbs: ["get"], apiGroups: [""], resources: [resource] });

function role(
  name: string,
  labels: { [key: string]: string },
  rules: JsonObject[],
  selectors?: JsonObject[],
): KubeObject {
  const aggregation = selectors === undefined ? {} : { aggregationRule: { clusterRoleSelectors: selectors } };
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name, labels },
    rules,
    ...aggregation,
  };
}

const others = [
  role("c", { tier: "low" }, [rule("pods"), rule("nodes")]),
  role("b", { tier: "high", site: "x" }, [rule("pods")]),
  role("a", {}, [rule("secrets")]),
];

/** The resources that a role with these selectors gathers. */
function gathered(...selectors: JsonObject[]): (string | undefined)[] | undefined {
  const all = role("all", { tier: "low" }, [], selectors);
  return aggregatedRules(all, [all, ...others])?.map(({ resources }) => resources[0]);
}

describe("aggregatedRules", () => {
  it.each<[JsonObject, string[]]>([
    [{ matchLabels: { tier: "low" } }, ["pods", "nodes"]],
    [{ matchLabels: { tier: "high", site: "x" } }, ["pods"]],
    [{ matchExpressions: [{ key: "tier", operator: "Exists" }] }, ["pods", "nodes"]],
    [{ matchExpressions: [{ key: "tier", operator: "DoesNotExist" }] }, ["secrets"]],
    [{ matchExpressions: [{ key: "tier", operator: "In", values: ["high", "mid"] }] }, ["pods"]],
    [{ matchExpressions: [{ key: "tier", operator: "NotIn", values: ["high"] }] }, ["secrets", "pods", "nodes"]],
    [{}, ["secrets", "pods", "nodes"]],
  ])("takes what %j selects, by name and each rule once", (selector, expected) => {
    expect(gathered(selector)).toEqual(expected);
  });

  it("takes nothing where nothing is selected, and what several selectors choose", () => {
    expect(gathered({ matchLabels: { constructor: "x" } })).toBeUndefined();
    expect(gathered({ matchLabels: { site: "x" } }, { matchLabels: { tier: "low" } })).toEqual(["pods", "nodes"]);
  });

  it("has nothing to do for roles that gather none or have them already", () => {
    expect(aggregatedRules(role("plain", {}, [rule("pods")]), others)).toBeUndefined();
    const done = role("done", {}, [rule("pods")], [{ matchLabels: { site: "x" } }]);
    expect(aggregatedRules(done, others)).toBeUndefined();
    const stale = role("stale", {}, [rule("pods"), rule("secrets")], [{ matchLabels: { site: "x" } }]);
    expect(aggregatedRules(stale, others)).toHaveLength(1);
    const emptied = role("emptied", {}, [rule("pods")], [{ matchLabels: { site: "gone" } }]);
    expect(aggregatedRules(emptied, others)).toEqual([]);
  });
});
