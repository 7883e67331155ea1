import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../compiled.fixture.js";
import { FlowSchema } from "./flow-schema.js";
import { MANDATORY_FLOW_SCHEMAS } from "./mandatory-specs.js";

const schemas = new Compiled(FlowSchema);
const user = { kind: "User", user: { name: "ann" } };
const everything = { verbs: ["*"], apiGroups: ["*"], resources: ["*"], namespaces: ["*"] };
const level = { priorityLevelConfiguration: { name: "low" } };

function problems(spec: JsonObject, name = "mine"): string[] {
  return schemas.problems(schemas.object({ spec: { ...level, ...spec } }, { name }));
}

function ruleProblems(rule: JsonObject): string[] {
  return problems({ rules: [{ subjects: [user], ...rule }] });
}

function subjectProblems(subject: JsonObject): string[] {
  return problems({ rules: [{ subjects: [subject], resourceRules: [everything] }] });
}

describe("FlowSchema", () => {
  it("is printed as upstream prints it", () => {
    expect(schemas.columns(true)).toEqual([
      "Name",
      "PriorityLevel",
      "MatchingPrecedence",
      "DistinguisherMethod",
      "Age",
      "MissingPL",
    ]);
    const plain = schemas.object({ spec: level });
    const cells = (object: typeof plain) =>
      ["PriorityLevel", "MatchingPrecedence", "DistinguisherMethod", "MissingPL"].map((name) =>
        schemas.cell(name, object),
      );
    expect(cells(plain)).toEqual(["low", 1000, "<none>", "?"]);
    const told = schemas.object({
      spec: { ...level, matchingPrecedence: 5, distinguisherMethod: { type: "ByUser" } },
      status: { conditions: [{ type: "Dangling", status: "True" }] },
    });
    expect(cells(told)).toEqual(["low", 5, "ByUser", "True"]);
  });

  it("takes a precedence of 0 for one that was left out", () => {
    expect(schemas.object({ spec: { ...level, matchingPrecedence: 0 } }).spec).toMatchObject({
      matchingPrecedence: 1000,
    });
  });

  it.each([
    [-1, "must be a positive value"],
    [10_001, "must not be greater than 10000"],
    [1, "only the schema named 'exempt' may have matchingPrecedence 1"],
  ])("refuses the precedence %i", (matchingPrecedence, text) => {
    expect(problems({ matchingPrecedence })).toEqual([
      `spec.matchingPrecedence: Invalid value: ${matchingPrecedence}: ${text}`,
    ]);
  });

  it("must name a priority level, and knows two ways to tell flows apart", () => {
    expect(problems({ priorityLevelConfiguration: { name: "" } })).toEqual([
      "spec.priorityLevelConfiguration.name: Required value: must reference a priority level",
    ]);
    expect(problems({ priorityLevelConfiguration: { name: "Low" } })).toHaveLength(1);
    expect(problems({ distinguisherMethod: { type: "ByNamespace" } })).toEqual([]);
    expect(problems({ distinguisherMethod: { type: "ByName" } })).toEqual([
      expect.stringMatching(
        /^spec\.distinguisherMethod\.type: Unsupported value: {"Type":"ByName"}: .*"ByNamespace", "ByUser"$/,
      ),
    ]);
  });

  it.each<[JsonObject, string[]]>([
    [user, []],
    [{ kind: "Group", group: { name: "devs" } }, []],
    [{ kind: "ServiceAccount", serviceAccount: { namespace: "demo", name: "*" } }, []],
    [{ kind: "User", user: { name: "" } }, ["user.name: Required value"]],
    [{ kind: "Robot" }, ['kind: Unsupported value: "Robot": supported values: "Group", "ServiceAccount", "User"']],
    [{ kind: "Group" }, ["group: Required value: group is required when subject kind is 'Group'"]],
    [{ ...user, group: { name: "devs" } }, ["group: Forbidden: group is forbidden when subject kind is not 'Group'"]],
    [
      { kind: "ServiceAccount", serviceAccount: { namespace: "", name: "" } },
      [
        "serviceAccount.name: Required value",
        "serviceAccount.namespace: Required value: must specify namespace for service account",
      ],
    ],
  ])("checks the subject %j", (subject, expected) => {
    expect(subjectProblems(subject)).toEqual(expected.map((one) => `spec.rules[0].subjects[0].${one}`));
  });

  it("wants subjects, and rules for them", () => {
    expect(problems({ rules: [{ subjects: [] }] })).toEqual([
      "spec.rules[0].subjects: Required value: subjects must contain at least one value",
      "spec.rules[0]: Required value: at least one of resourceRules and nonResourceRules has to be non-empty",
    ]);
  });

  it.each<[JsonObject, string[]]>([
    [{ clusterScope: true, namespaces: [] }, []],
    [{ verbs: ["get", "watch"] }, []],
    [{ verbs: [] }, ["verbs: Required value: verbs must contain at least one value"]],
    [{ verbs: ["*", "get"] }, [`verbs: Invalid value: ["*","get"]: if '*' is present, must not specify other verbs`]],
    [{ apiGroups: [] }, ["apiGroups: Required value: resource rules must supply at least one api group"]],
    [{ resources: [] }, ["resources: Required value: resource rules must supply at least one resource"]],
    [
      { namespaces: [] },
      ["namespaces: Required value: resource rules that are not cluster scoped must supply at least one namespace"],
    ],
    [
      { resources: ["*", "pods"] },
      [`resources: Invalid value: ["*","pods"]: if '*' is present, must not specify other resources`],
    ],
  ])("checks the rule for resources %j", (change, expected) => {
    const found = ruleProblems({ resourceRules: [{ ...everything, ...change }] });
    expect(found).toEqual(expected.map((one) => `spec.rules[0].resourceRules[0].${one}`));
  });

  it("refuses verbs that nobody sends, and namespaces that cannot be", () => {
    expect(ruleProblems({ resourceRules: [{ ...everything, verbs: ["fetch"] }] })).toEqual([
      expect.stringContaining('verbs: Unsupported value: ["fetch"]: supported values: "create", "delete"'),
    ]);
    expect(ruleProblems({ resourceRules: [{ ...everything, namespaces: ["A"] }] })).toEqual([
      expect.stringContaining("each member of this list must be '*' or a DNS-1123 label; "),
    ]);
  });

  it.each([
    ["/", undefined],
    ["/healthz", undefined],
    ["/healthz/*", undefined],
    ["", "must not be empty"],
    ["healthz", "must start with slash"],
    ["/a b", "must not contain white-space"],
    ["//a", "must not contain double slash"],
    ["/a*", "wildcard can only do suffix matching"],
    ["/*/a/*", "wildcard can only do suffix matching"],
  ])("checks the path %j", (url, text) => {
    const found = ruleProblems({ nonResourceRules: [{ verbs: ["get"], nonResourceURLs: [url] }] });
    const path = "spec.rules[0].nonResourceRules[0].nonResourceURLs[0]";
    expect(found).toEqual(text === undefined ? [] : [`${path}: Invalid value: "${url}": ${text}`]);
  });

  it("has conditions of different types, and no null but where upstream has one", () => {
    const conditions = [{ type: "Dangling" }, { type: "Dangling" }, {}];
    const object = schemas.object({ spec: { ...level, rules: [{}] }, status: { conditions } }, { name: "mine" });
    expect(object).toMatchObject({
      spec: { rules: [{ subjects: null }] },
      status: { conditions: [{ type: "Dangling", lastTransitionTime: null }, {}, {}] },
    });
    const onStatus = schemas.problems(object, { subresource: "status" });
    expect(onStatus.slice(-2)).toEqual([
      'status.conditions[1].type: Duplicate value: "Dangling"',
      "status.conditions[2].type: Required value",
    ]);
  });

  it("leaves the mandatory schemas as they are", () => {
    for (const [name, spec] of MANDATORY_FLOW_SCHEMAS) {
      expect(schemas.problems(schemas.object({ spec }, { name }))).toEqual([]);
      const other = schemas.object({ spec: { ...spec, priorityLevelConfiguration: { name: "low" } } }, { name });
      expect(schemas.problems(other)).toEqual([
        expect.stringMatching(new RegExp(`^spec: Invalid value: .*: spec of '${name}' must equal the fixed value$`)),
      ]);
    }
  });
});
