import { describe, expect, it } from "vitest";
import { missingRules, type PolicyRule, rulesOf } from "./policy-rule.js";

const rule = (verbs: string, groups: string, resources: string, names = ""): PolicyRule => ({
  verbs: verbs.split(","),
  apiGroups: groups.split(","),
  resources: resources.split(","),
  ...(names === "" ? {} : { resourceNames: names.split(",") }),
});
const urls = (verbs: string, paths: string): PolicyRule => ({
  verbs: verbs.split(","),
  nonResourceURLs: paths.split(","),
});
const plain = (one: PolicyRule) => ({
  apiGroups: [],
  resources: [],
  resourceNames: [],
  nonResourceURLs: [],
  ...one,
});

describe("missingRules", () => {
  it.each<[string, PolicyRule[], PolicyRule, boolean]>([
    ["the same", [rule("get", "", "pods")], rule("get", "", "pods"), true],
    [
      "parts held by several rules",
      [rule("get", "", "pods"), rule("list", "", "pods")],
      rule("get,list", "", "pods"),
      true,
    ],
    ["a verb that is not held", [rule("get", "", "pods")], rule("get,delete", "", "pods"), false],
    ["all verbs, of which some are held", [rule("get,list", "", "pods")], rule("*", "", "pods"), false],
    ["some verbs, of which all are held", [rule("*", "", "pods")], rule("get", "", "pods"), true],
    ["all groups", [rule("get", "a,b", "pods")], rule("get", "*", "pods"), false],
    ["one of all groups", [rule("get", "*", "pods")], rule("get", "a", "pods"), true],
    ["a subresource of a resource that is held", [rule("get", "", "pods")], rule("get", "", "pods/log"), false],
    ["a resource of which a subresource is held", [rule("get", "", "pods/log")], rule("get", "", "pods"), false],
    ["the scale of one", [rule("get", "", "*/scale")], rule("get", "", "things/scale"), true],
    ["the scale of all", [rule("get", "", "things/scale")], rule("get", "", "*/scale"), false],
    ["the scale of all, which is held", [rule("get", "", "*/scale")], rule("get", "", "*/scale"), true],
    ["the status of one", [rule("get", "", "*/scale")], rule("get", "", "things/status"), false],
    ["all names where one is held", [rule("get", "", "pods", "a")], rule("get", "", "pods"), false],
    ["one name where all are held", [rule("get", "", "pods")], rule("get", "", "pods", "a"), true],
    [
      "names held by several rules",
      [rule("get", "", "pods", "a"), rule("get", "", "pods", "b")],
      rule("get", "", "pods", "a,b"),
      true,
    ],
    ["another name", [rule("get", "", "pods", "a")], rule("get", "", "pods", "a,c"), false],
    [
      "verb and resource of two rules",
      [rule("get", "", "pods"), rule("list", "", "nodes")],
      rule("get", "", "nodes"),
      false,
    ],
    ["a path", [urls("get", "/a")], urls("get", "/a"), true],
    ["a path below", [urls("get", "/a/*")], urls("get", "/a/b"), true],
    ["all below where one is held", [urls("get", "/a/b")], urls("get", "/a/*"), false],
    ["less below", [urls("get", "/a/*")], urls("get", "/a/b/*"), true],
    ["all paths where all resources are held", [rule("*", "*", "*")], urls("*", "*"), false],
    ["all resources where all paths are held", [urls("*", "*")], rule("*", "*", "*"), false],
    ["nothing", [], { verbs: [] }, true],
  ])("of %s", (_what, held, asked, covered) => {
    expect(missingRules(held.map(plain), [asked]).length === 0).toBe(covered);
  });

  it("tells each part that is missing", () => {
    expect(missingRules([plain(rule("get", "", "pods"))], [rule("get,list", "", "pods,nodes")])).toEqual([
      plain(rule("list", "", "pods")),
      plain(rule("get", "", "nodes")),
      plain(rule("list", "", "nodes")),
    ]);
  });
});

it("reads the rules of a role whatever is in it", () => {
  const role = { apiVersion: "v1", kind: "Role", metadata: {} };
  expect(rulesOf(role)).toEqual([]);
  expect(rulesOf({ ...role, rules: "all" })).toEqual([]);
  expect(rulesOf({ ...role, rules: [null, { verbs: ["get", 3], apiGroups: null }] })).toEqual([
    plain({ verbs: ["get"] }),
  ]);
});
