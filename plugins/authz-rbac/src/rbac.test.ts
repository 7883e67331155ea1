import { authorizationAttributes } from "@quarterdeck/testing/authorizer-contract";
import { describe, expect, it } from "vitest";
import { binding, role } from "./objects.fixture.js";
import { makeRbac } from "./rbac.fixture.js";

const ann = { name: "ann", groups: ["devs"] };
type Rule = { [list: string]: string[] };

/** What ann, who is bound to a role of these rules, is told. */
function decide(rules: Rule[], changes: Parameters<typeof authorizationAttributes>[0]): string {
  const { rbac } = makeRbac([role("r", rules), binding("b", "ClusterRole r", ["User ann"])]);
  return rbac.authorize(authorizationAttributes({ user: ann, ...changes })).decision;
}

const path = (path: string, verb = "get") => ({
  isResourceRequest: false,
  resource: "",
  namespace: "",
  name: "",
  path,
  verb,
});

describe("a rule", () => {
  it.each<[string, Rule, Parameters<typeof authorizationAttributes>[0], boolean]>([
    ["any verb", { verbs: ["*"], apiGroups: [""], resources: ["configmaps"] }, { verb: "escalate" }, true],
    ["another verb", { verbs: ["list"], apiGroups: [""], resources: ["configmaps"] }, {}, false],
    ["any group", { verbs: ["get"], apiGroups: ["*"], resources: ["configmaps"] }, { apiGroup: "x.io" }, true],
    ["another group", { verbs: ["get"], apiGroups: ["apps"], resources: ["configmaps"] }, {}, false],
    ["any resource", { verbs: ["get"], apiGroups: [""], resources: ["*"] }, { subresource: "log" }, true],
    [
      "the resource, not its parts",
      { verbs: ["get"], apiGroups: [""], resources: ["pods"] },
      { resource: "pods", subresource: "log" },
      false,
    ],
    [
      "a part",
      { verbs: ["get"], apiGroups: [""], resources: ["pods/log"] },
      { resource: "pods", subresource: "log" },
      true,
    ],
    [
      "a part, not the resource",
      { verbs: ["get"], apiGroups: [""], resources: ["pods/log"] },
      { resource: "pods" },
      false,
    ],
    [
      "the scale of all",
      { verbs: ["get"], apiGroups: ["*"], resources: ["*/scale"] },
      { resource: "things", subresource: "scale" },
      true,
    ],
    [
      "the scale of all, no status",
      { verbs: ["get"], apiGroups: ["*"], resources: ["*/scale"] },
      { subresource: "status" },
      false,
    ],
    ["the scale of all, not the things", { verbs: ["get"], apiGroups: ["*"], resources: ["*/scale"] }, {}, false],
    [
      "all parts of one, which nobody can say",
      { verbs: ["get"], apiGroups: [""], resources: ["pods/*"] },
      { resource: "pods", subresource: "log" },
      false,
    ],
    ["a name", { verbs: ["get"], apiGroups: [""], resources: ["configmaps"], resourceNames: ["sample"] }, {}, true],
    [
      "another name",
      { verbs: ["get"], apiGroups: [""], resources: ["configmaps"], resourceNames: ["other"] },
      {},
      false,
    ],
    [
      "a name where none is given",
      { verbs: ["create"], apiGroups: [""], resources: ["configmaps"], resourceNames: ["sample"] },
      { verb: "create", name: "" },
      false,
    ],
    [
      "a star as a name",
      { verbs: ["get"], apiGroups: [""], resources: ["configmaps"], resourceNames: ["*"] },
      {},
      false,
    ],
    ["a path", { verbs: ["get"], nonResourceURLs: ["/metrics"] }, path("/metrics"), true],
    ["a path, not below", { verbs: ["get"], nonResourceURLs: ["/metrics"] }, path("/metrics/x"), false],
    ["a path, another verb", { verbs: ["get"], nonResourceURLs: ["/metrics"] }, path("/metrics", "post"), false],
    ["all below a path", { verbs: ["get"], nonResourceURLs: ["/debug/*"] }, path("/debug/a/b"), true],
    ["all below, not itself", { verbs: ["get"], nonResourceURLs: ["/debug/*"] }, path("/debug"), false],
    ["all paths", { verbs: ["*"], nonResourceURLs: ["*"] }, path("/x", "put"), true],
    ["all paths, no resources", { verbs: ["*"], nonResourceURLs: ["*"] }, {}, false],
    ["all resources, no paths", { verbs: ["*"], apiGroups: ["*"], resources: ["*"] }, path("/x"), false],
    [
      "a resource named as what an object has by itself",
      { verbs: ["get"], apiGroups: [""], resources: ["__proto__"] },
      { resource: "constructor" },
      false,
    ],
  ])("about %s", (_what, rule, changes, allowed) => {
    expect(decide([rule], changes)).toBe(allowed ? "allow" : "no-opinion");
  });

  it("is not cut from two", () => {
    const rules = [
      { verbs: ["get"], apiGroups: [""], resources: ["secrets"] },
      { verbs: ["list"], apiGroups: [""], resources: ["configmaps"] },
    ];
    expect(decide(rules, {})).toBe("no-opinion");
  });
});

describe("a binding", () => {
  const all = role("all", [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }]);
  const asks = (name: string, groups: string[], namespace: string) =>
    authorizationAttributes({ user: { name, groups }, namespace });

  it.each([
    ["User ann", asks("ann", [], "x"), 'User "ann"'],
    ["Group devs", asks("bob", ["a", "devs"], "x"), 'Group "devs"'],
    [
      "ServiceAccount kube-system/dns",
      asks("system:serviceaccount:kube-system:dns", [], "x"),
      'ServiceAccount "dns/kube-system"',
    ],
  ])("of %s says so", (subject, attributes, text) => {
    const { rbac } = makeRbac([all, binding("b", "ClusterRole all", [subject])]);
    expect(rbac.authorize(attributes)).toEqual({
      decision: "allow",
      reason: `RBAC: allowed by ClusterRoleBinding "b" of ClusterRole "all" to ${text}`,
    });
    expect(rbac.authorize(asks("carol", ["ops"], "x")).decision).toBe("no-opinion");
  });

  it("in a namespace holds there alone, and takes service accounts from there", () => {
    const { rbac } = makeRbac([all, binding("b", "ClusterRole all", ["ServiceAccount dns"], "shop")]);
    const account = "system:serviceaccount:shop:dns";
    expect(rbac.authorize(asks(account, [], "shop"))).toEqual({
      decision: "allow",
      reason: 'RBAC: allowed by RoleBinding "b/shop" of ClusterRole "all" to ServiceAccount "dns/shop"',
    });
    expect(rbac.authorize(asks(account, [], "other")).decision).toBe("no-opinion");
    expect(rbac.authorize(asks(account, [], "")).decision).toBe("no-opinion");
    expect(rbac.authorize(asks("system:serviceaccount:other:dns", [], "shop")).decision).toBe("no-opinion");
  });

  it("takes roles of its own namespace, not of another's", () => {
    const there = role("r", [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }], "other");
    const { rbac } = makeRbac([there, binding("b", "Role r", ["User ann"], "shop")]);
    expect(rbac.authorize(asks("ann", [], "shop"))).toEqual({
      decision: "no-opinion",
      reason: 'RBAC: role.rbac.authorization.k8s.io "r" not found',
    });
  });

  it("tells each role that is missing once", () => {
    const { rbac } = makeRbac([
      binding("a", "ClusterRole x", ["User ann"]),
      binding("b", "ClusterRole x", ["Group devs"]),
      binding("c", "ClusterRole y", ["User ann"]),
    ]);
    expect(rbac.authorize(authorizationAttributes({ user: ann })).reason).toBe(
      'RBAC: [clusterrole.rbac.authorization.k8s.io "x" not found, clusterrole.rbac.authorization.k8s.io "y" not found]',
    );
  });
});

describe("what changes", () => {
  const attributes = authorizationAttributes({ user: ann });
  const get = [{ verbs: ["get"], apiGroups: [""], resources: ["configmaps"] }];

  it("holds from the next question on", () => {
    const { rbac, listers } = makeRbac();
    const decision = (): string => rbac.authorize(attributes).decision;
    expect(decision()).toBe("no-opinion");
    listers.clusterrolebindings.put(binding("b", "ClusterRole r", ["User ann"]));
    expect(decision()).toBe("no-opinion");
    listers.clusterroles.put(role("r", get));
    expect(decision()).toBe("allow");
    listers.clusterroles.put(role("r", []));
    expect(decision()).toBe("no-opinion");
    listers.clusterroles.put(role("r", get));
    listers.clusterrolebindings.put(binding("b", "ClusterRole r", ["User bob", "User bob"]));
    expect(decision()).toBe("no-opinion");
    listers.clusterrolebindings.put(binding("b", "ClusterRole r", ["Group devs"]));
    expect(decision()).toBe("allow");
    listers.clusterrolebindings.remove(binding("b", "ClusterRole r", ["Group devs"]));
    expect(decision()).toBe("no-opinion");
  });

  it("is no longer followed after the stop", () => {
    const { rbac, listers } = makeRbac();
    rbac.stop();
    expect(Object.values(listers).some(({ observed }) => observed)).toBe(false);
  });
});

it("never takes one question for another, whatever is asked", () => {
  const rules = [{ verbs: ["*"], apiGroups: [""], resources: ["configmaps"], resourceNames: ["a"] }];
  const { rbac } = makeRbac([role("r", rules), binding("b", "ClusterRole r", ["User ann"])]);
  const decision = (changes: object): string =>
    rbac.authorize(authorizationAttributes({ user: ann, ...changes })).decision;
  expect(decision({ verb: "get\n\nsecrets\n\nprod\nx", name: "a" })).toBe("allow");
  expect(decision({ resource: "secrets", namespace: "prod", name: "x" })).toBe("no-opinion");
  expect(decision({ namespace: "x\na", name: "a" })).toBe("allow");
  expect(decision({ namespace: "x", name: "a\na" })).toBe("no-opinion");
});

it("decides rightly about more users, namespaces and objects than it remembers", () => {
  const rules = [{ verbs: ["get"], apiGroups: [""], resources: ["configmaps"], resourceNames: ["n7"] }];
  const { rbac } = makeRbac([role("r", rules), binding("b", "ClusterRole r", ["User u7"])]);
  for (let round = 0; round < 3000; round++) {
    const user = { name: `u${round}`, groups: [] };
    expect(rbac.authorize(authorizationAttributes({ user, name: "n7" })).decision).toBe(
      round === 7 ? "allow" : "no-opinion",
    );
    const attributes = authorizationAttributes({
      user: { name: "u7", groups: [] },
      namespace: `ns${round}`,
      name: `n${round % 1500}`,
    });
    expect(rbac.authorize(attributes).decision).toBe(round % 1500 === 7 ? "allow" : "no-opinion");
  }
});

it("lists the rules of a user in a namespace", () => {
  const { rbac } = makeRbac([
    role("paths", [{ verbs: ["get"], nonResourceURLs: ["/x"] }]),
    binding("p", "ClusterRole paths", ["User ann"]),
    role("r", [{ verbs: ["get"], apiGroups: [""], resources: ["pods"] }], "shop"),
    binding("b", "Role r", ["Group devs"], "shop"),
    binding("lost", "Role gone", ["Group devs"], "shop"),
  ]);
  const pods = { verbs: ["get"], apiGroups: [""], resources: ["pods"], resourceNames: [], nonResourceURLs: [] };
  const paths = { verbs: ["get"], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: ["/x"] };
  expect(rbac.rulesFor(ann, "shop")).toEqual({
    resourceRules: [pods],
    nonResourceRules: [paths],
    incomplete: false,
    evaluationError: 'role.rbac.authorization.k8s.io "gone" not found',
  });
  expect(rbac.rulesFor(ann, "other")).toEqual({ resourceRules: [], nonResourceRules: [paths], incomplete: false });
});
