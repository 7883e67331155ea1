import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestServer } from "@quarterdeck/testing";
import { authorizationAttributes } from "@quarterdeck/testing/authorizer-contract";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AbacPolicyError, allows, readPolicies, rulesOf } from "./abac-policy.js";
import plugin from "./index.js";

const line = (spec: object) =>
  JSON.stringify({ apiVersion: "abac.authorization.kubernetes.io/v1beta1", kind: "Policy", spec });
const policy = (spec: object) => {
  const [read] = readPolicies(line(spec), "f");
  if (read === undefined) throw new RangeError("one line makes one policy");
  return read;
};
const path = (url: string, verb = "get") =>
  authorizationAttributes({ isResourceRequest: false, path: url, verb, resource: "", namespace: "" });

describe("an ABAC policy", () => {
  const all = { apiGroup: "*", resource: "*", namespace: "*" };
  const anonymous = { name: "system:anonymous", groups: ["system:unauthenticated"] };
  it.each([
    [{ user: "tester", ...all }, authorizationAttributes(), true],
    [{ user: "*", ...all }, authorizationAttributes(), true],
    [{ user: "*", ...all }, authorizationAttributes({ user: anonymous }), false],
    [{ group: "*", ...all }, authorizationAttributes({ user: anonymous }), false],
    [{ user: "system:anonymous", ...all }, authorizationAttributes({ user: anonymous }), true],
    [{ user: "other", ...all }, authorizationAttributes(), false],
    [{ ...all }, authorizationAttributes(), false],
    [{ group: "system:authenticated", ...all }, authorizationAttributes(), true],
    [{ user: "tester", group: "others", ...all }, authorizationAttributes(), false],
    [{ user: "tester", readonly: true, ...all }, authorizationAttributes({ verb: "watch" }), true],
    [{ user: "tester", readonly: true, ...all }, authorizationAttributes({ verb: "patch" }), false],
    [{ user: "tester", resource: "configmaps", namespace: "default" }, authorizationAttributes(), true],
    [{ user: "tester", resource: "configmaps", namespace: "other" }, authorizationAttributes(), false],
    [{ user: "tester", resource: "secrets", namespace: "*" }, authorizationAttributes(), false],
    [{ user: "tester", ...all, apiGroup: "apps" }, authorizationAttributes(), false],
    [{ user: "tester", ...all }, path("/metrics"), false],
    [{ user: "tester", nonResourcePath: "*" }, path("/metrics"), true],
    [{ user: "tester", nonResourcePath: "/api*" }, path("/apis/x"), true],
    [{ user: "tester", nonResourcePath: "/api" }, path("/apis/x"), false],
    [{ user: "tester", nonResourcePath: "*" }, authorizationAttributes(), false],
  ])("%j answers a question", (spec, asked, allowed) => {
    expect(allows(policy(spec), asked)).toBe(allowed);
  });

  it("is told as rules", () => {
    const policies = readPolicies(
      [
        "# staff",
        line({ user: "ann", readonly: true, ...all }),
        "",
        line({ user: "ann", nonResourcePath: "/metrics", namespace: "*" }),
        line({ user: "bob", ...all }),
      ].join("\n"),
      "f",
    );
    expect(rulesOf(policies, { name: "ann", groups: [] }, "demo")).toEqual({
      resourceRules: [{ verbs: ["get", "list", "watch"], apiGroups: ["*"], resources: ["*"], resourceNames: [] }],
      nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["/metrics"] }],
      incomplete: false,
    });
  });

  it.each([
    ["{", "f:1: is no JSON"],
    ["[]", "f:1: is no object"],
    ['{"user":"ann"}', "f:1: must be a Policy of abac.authorization.kubernetes.io/v1beta1"],
    [line({ usr: "ann" }), "f:1: spec.usr is unknown"],
    [`\n${line({ user: 5 })}`, "f:2: spec.user must be a string"],
    [line({ user: "ann", readonly: "yes" }), "f:1: spec.readonly must be true or false"],
  ])("refuses %j", (text, message) => {
    expect(() => readPolicies(text, "f")).toThrow(AbacPolicyError);
    expect(() => readPolicies(text, "f")).toThrow(message);
  });
});

describe("abac in a server", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "abac-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("follows its file, and keeps what it has when the file turns bad", async () => {
    const file = join(folder, "policy.jsonl");
    const ann = { user: "ann", namespace: "*", apiGroup: "*" };
    await writeFile(file, line({ ...ann, resource: "configmaps", readonly: true }));
    const server = await startTestServer({ config: { authorization: [[plugin, { path: file }]] } });
    try {
      const as = await server.certificateOf("ann");
      const status = async (resource: string) =>
        (await server.request(`/api/v1/namespaces/default/${resource}`, { as })).status;
      expect([await status("configmaps"), await status("secrets")]).toEqual([200, 403]);
      await writeFile(file, line({ ...ann, resource: "secrets" }));
      await expect.poll(() => status("secrets"), { timeout: 10_000 }).toBe(200);
      expect(await status("configmaps")).toBe(403);
      await writeFile(file, "nonsense");
      await expect
        .poll(() => server.logs.map(({ message }) => message), { timeout: 10_000 })
        .toContain("the changed policy file is not taken, the one that was read before stays");
      expect(await status("secrets")).toBe(200);
    } finally {
      await server.stop();
    }
  });
});
