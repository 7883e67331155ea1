import { describe, expect, it } from "vitest";
import { Compiled } from "../compiled.fixture.js";
import { ClusterRole } from "./cluster-role.js";
import { Role } from "./role.js";

const roles = new Compiled(Role);
const clusterRoles = new Compiled(ClusterRole);

describe("roles", () => {
  it("have rules and verbs, if only null", () => {
    expect(roles.object({})).toMatchObject({ rules: null });
    expect(roles.object({ rules: [{ apiGroups: [""], resources: ["pods"], resourceNames: [] }] }).rules).toEqual([
      { verbs: null, apiGroups: [""], resources: ["pods"] },
    ]);
    expect(clusterRoles.object({ aggregationRule: {} })).toMatchObject({ rules: null, aggregationRule: {} });
  });

  it.each([
    [{ apiGroups: [""], resources: ["pods"] }, ["verbs: Required value"]],
    [
      { apiGroups: [""] },
      ["resources: Required value: resource rules must supply at least one resource", "verbs: Required value"],
    ],
    [
      { verbs: ["get"], apiGroups: [""] },
      ["resources: Required value: resource rules must supply at least one resource"],
    ],
    [
      { verbs: ["get"], resources: ["pods"] },
      ["apiGroups: Required value: resource rules must supply at least one api group"],
    ],
    [
      { verbs: ["get"], nonResourceURLs: ["/a"], apiGroups: [""] },
      [
        'nonResourceURLs: Invalid value: ["/a"]: namespaced rules cannot apply to non-resource URLs',
        'nonResourceURLs: Invalid value: ["/a"]: rules cannot apply to both regular resources and non-resource URLs',
      ],
    ],
  ])("refuse the rule %j", (rule, expected) => {
    expect(roles.problems(roles.object({ rules: [rule] }))).toEqual(expected.map((one) => `rules[0].${one}`));
  });

  it("of the cluster may be about paths, and gather others by what selects them", () => {
    const rules = [{ verbs: ["get"], nonResourceURLs: ["/healthz"] }];
    expect(clusterRoles.problems(clusterRoles.object({ rules }))).toEqual([]);
    expect(clusterRoles.problems(clusterRoles.object({ aggregationRule: {} }))).toEqual([
      "aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil",
    ]);
    const clusterRoleSelectors = [{ matchExpressions: [{ key: "a", operator: "Like" }] }];
    expect(clusterRoles.problems(clusterRoles.object({ aggregationRule: { clusterRoleSelectors } }))).toEqual([
      'aggregationRule.clusterRoleSelectors[0].matchExpressions[0].operator: Invalid value: "Like": not a valid selector operator',
      "aggregationRule.clusterRoleSelectors[0]: Invalid value: null: invalid label selector.",
    ]);
  });
});
