import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { parseRequestInfo } from "../request/parse-request-info.js";
import { AuditPolicyError, readAuditPolicy } from "./read-audit-policy.js";

const head = { apiVersion: "audit.k8s.io/v1", kind: "Policy" };
const ann = { name: "ann", groups: ["devs", "system:authenticated"] };

function levelOf(rule: JsonObject, method: string, url: string): string {
  const policy = readAuditPolicy({ ...head, rules: [{ level: "Metadata", ...rule }] });
  const [path = "", query = ""] = url.split("?");
  return policy.find(parseRequestInfo(method, path, new URLSearchParams(query)), ann).level;
}

const POD = "/api/v1/namespaces/team/pods/a";

describe("a policy", () => {
  it.each<[JsonObject, string, string]>([
    [{}, "GET", "/version"],
    [{}, "GET", POD],
    [{ users: ["bob", "ann"] }, "GET", POD],
    [{ userGroups: ["devs"] }, "GET", POD],
    [{ verbs: ["get"] }, "GET", POD],
    [{ verbs: ["watch"] }, "GET", "/api/v1/pods?watch=1"],
    [{ namespaces: ["team"] }, "GET", POD],
    [{ namespaces: [""] }, "GET", "/api/v1/nodes/a"],
    [{ resources: [{}] }, "GET", POD],
    [{ resources: [{ group: "" }] }, "GET", POD],
    [{ resources: [{ group: "*" }] }, "GET", "/apis/apps/v1/deployments"],
    [{ resources: [{ resources: ["pods"] }] }, "GET", POD],
    [{ resources: [{ resources: ["*"] }] }, "GET", `${POD}/log`],
    [{ resources: [{ resources: ["pods/log"] }] }, "GET", `${POD}/log`],
    [{ resources: [{ resources: ["pods/*"] }] }, "GET", `${POD}/log`],
    [{ resources: [{ resources: ["pods/*"] }] }, "GET", POD],
    [{ resources: [{ resources: ["*/status"] }] }, "PUT", `${POD}/status`],
    [{ resources: [{ resources: ["pods"], resourceNames: ["a"] }] }, "GET", POD],
    [{ nonResourceURLs: ["*"] }, "GET", "/version"],
    [{ nonResourceURLs: ["/healthz*"] }, "GET", "/healthz/ping"],
    [{ nonResourceURLs: ["/version"] }, "GET", "/version"],
  ])("%j is for %s %s", (rule, method, url) => {
    expect(levelOf(rule, method, url)).toBe("Metadata");
  });

  it.each<[JsonObject, string, string]>([
    [{ users: ["bob"] }, "GET", POD],
    [{ userGroups: ["ops"] }, "GET", POD],
    [{ verbs: ["create"] }, "GET", POD],
    [{ namespaces: ["other"] }, "GET", POD],
    [{ namespaces: ["team"] }, "GET", "/version"],
    [{ namespaces: ["team"] }, "GET", "/api/v1/nodes/a"],
    [{ resources: [{ group: "apps" }] }, "GET", POD],
    [{ resources: [{ resources: ["pods"] }] }, "GET", `${POD}/log`],
    [{ resources: [{ resources: ["*/status"] }] }, "GET", POD],
    [{ resources: [{ resources: ["services/*"] }] }, "GET", `${POD}/log`],
    [{ resources: [{ resources: ["pods"], resourceNames: ["b"] }] }, "GET", POD],
    [{ resources: [{}] }, "GET", "/version"],
    [{ nonResourceURLs: ["*"] }, "GET", POD],
    [{ nonResourceURLs: ["/healthz"] }, "GET", "/healthz/ping"],
  ])("%j is not for %s %s", (rule, method, url) => {
    expect(levelOf(rule, method, url)).toBe("None");
  });

  it("takes the first rule that fits, with its stages and those of the policy", () => {
    const policy = readAuditPolicy({
      ...head,
      omitStages: ["RequestReceived"],
      omitManagedFields: true,
      rules: [
        { level: "None", users: ["bob"] },
        { level: "Request", omitStages: ["Panic"], omitManagedFields: false },
        { level: "RequestResponse" },
      ],
    });
    const rule = policy.find(parseRequestInfo("GET", POD, new URLSearchParams()), ann);
    expect(rule).toMatchObject({
      level: "Request",
      omitManagedFields: false,
      tellsRequest: true,
      tellsResponse: false,
    });
    expect([...rule.omitStages].sort()).toEqual(["Panic", "RequestReceived"]);
  });

  it("is asked for any verb that HTTP/2 lets through", () => {
    const policy = readAuditPolicy({ ...head, rules: [{ level: "Metadata", verbs: ["get"] }] });
    for (let index = 0; index < 100; index++) {
      const info = parseRequestInfo(`VERB${index}`, "/version", new URLSearchParams());
      expect(policy.find(info, ann).level).toBe("None");
    }
    expect(policy.find(parseRequestInfo("GET", "/version", new URLSearchParams()), ann).level).toBe("Metadata");
  });
});

describe("reading a policy", () => {
  const rules = (rule: JsonObject): JsonObject => ({ ...head, rules: [rule] });
  it.each<[string, unknown, string]>([
    ["", [], "must be an object"],
    ["apiVersion", { ...head, apiVersion: "audit.k8s.io/v1beta1" }, "must be audit.k8s.io/v1"],
    ["kind", { ...head, kind: "Polity" }, "must be Policy"],
    ["rules", head, "must have at least one rule"],
    ["rule", { ...head, rule: [] }, 'unknown key "rule"'],
    ["rules[0].lvl", rules({ lvl: "None" }), 'unknown key "lvl"'],
    ["rules[0].level", rules({}), "must be one of None, Metadata, Request, RequestResponse"],
    ["rules[0].level", rules({ level: "metadata" }), "must be one of None, Metadata, Request, RequestResponse"],
    ["rules[0].users", rules({ level: "None", users: "ann" }), "must be a list"],
    ["rules[0].verbs[0]", rules({ level: "None", verbs: [1] }), "must be a text"],
    [
      "rules[0].omitStages[0]",
      rules({ level: "None", omitStages: ["Received"] }),
      "allowed stages are RequestReceived",
    ],
    ["rules[0].omitManagedFields", rules({ level: "None", omitManagedFields: "yes" }), "must be true or false"],
    [
      "rules[0].resources[0].group",
      rules({ level: "None", resources: [{ group: "rbac.authorization.k8s.io/v1" }] }),
      "without a version",
    ],
    [
      "rules[0].resources[0].resourceNames",
      rules({ level: "None", resources: [{ resourceNames: ["a"] }] }),
      "requires at least one resource",
    ],
    ["rules[0].nonResourceURLs[0]", rules({ level: "None", nonResourceURLs: ["version"] }), "must begin with a '/'"],
    ["rules[0].nonResourceURLs[0]", rules({ level: "None", nonResourceURLs: ["/a*b"] }), "must be the final character"],
    [
      "rules[0].nonResourceURLs",
      rules({ level: "None", nonResourceURLs: ["/version"], namespaces: ["a"] }),
      "cannot apply to both",
    ],
  ])("refuses %s", (path, content, text) => {
    let caught: unknown;
    try {
      readAuditPolicy(content);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(AuditPolicyError);
    expect(caught).toMatchObject({ path, message: expect.stringContaining(text) });
  });

  it("guesses what was meant", () => {
    expect(() => readAuditPolicy(rules({ level: "None", userGroup: [] }))).toThrow(
      expect.objectContaining({ nearest: "userGroups" }),
    );
  });
});
