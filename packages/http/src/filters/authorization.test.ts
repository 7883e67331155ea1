import { StatusError } from "@quarterdeck/meta";
import type { AuthorizationDecision, Authorizer } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { fakeContext } from "../../testing/fake-context.js";
import { SilentLogger } from "../../testing/silent-logger.js";
import { Authorization } from "./authorization.js";
import { Authorizers } from "./authorizers.js";

function says(decision: AuthorizationDecision["decision"], reason?: string): Authorizer {
  return { authorize: () => (reason === undefined ? { decision } : { decision, reason }) };
}

function later(authorizer: Authorizer): Authorizer {
  return { authorize: async (attributes) => authorizer.authorize(attributes) };
}

const fails: Authorizer = {
  authorize: () => {
    throw new Error("lookup failed");
  },
};

async function run(line: string, authorizers: readonly Authorizer[]) {
  const [method = "", url = ""] = line.split(" ");
  const context = fakeContext({ method, url });
  context.state.user = { name: "alice", groups: [] };
  const named = authorizers.map((authorizer, index) => ({ name: `authz-${index}`, authorizer }));
  let passed = false;
  try {
    await new Authorization(new Authorizers(named, new SilentLogger())).handle(context, async () => {
      passed = true;
    });
  } catch (error) {
    if (!StatusError.is(error)) throw error;
    return { passed, status: error.status, context };
  }
  return { passed, status: undefined, context };
}

describe("authorization", () => {
  it.each([
    [
      "GET /api/v1/namespaces/demo/secrets",
      'secrets is forbidden: User "alice" cannot list resource "secrets" in API group "" in the namespace "demo"',
    ],
    [
      "GET /api/v1/secrets",
      'secrets is forbidden: User "alice" cannot list resource "secrets" in API group "" at the cluster scope',
    ],
    [
      "DELETE /api/v1/nodes/n1",
      'nodes "n1" is forbidden: User "alice" cannot delete resource "nodes" in API group "" at the cluster scope',
    ],
    [
      "GET /api/v1/namespaces/demo/pods/p/log",
      'pods "p" is forbidden: User "alice" cannot get resource "pods/log" in API group "" in the namespace "demo"',
    ],
    [
      "PUT /apis/apps/v1/namespaces/demo/deployments/d/scale",
      'deployments.apps "d" is forbidden: User "alice" cannot update resource "deployments/scale" in API group "apps" in the namespace "demo"',
    ],
    ["GET /metrics", 'forbidden: User "alice" cannot get path "/metrics"'],
    ["POST /<b>&", 'forbidden: User "alice" cannot post path "/&lt;b&gt;&amp;"'],
  ])("%s is refused in upstream's words", async (line, message) => {
    const { passed, status, context } = await run(line, [says("no-opinion")]);
    expect(passed).toBe(false);
    expect(status).toMatchObject({ code: 403, reason: "Forbidden", message });
    expect(context.res.getHeader("x-content-type-options")).toBe("nosniff");
  });

  it("gives the reasons of all who were asked, one a line", async () => {
    const { status } = await run("GET /metrics", [
      says("no-opinion", "no rule"),
      later(says("no-opinion", "no webhook")),
    ]);
    expect(status?.message).toBe('forbidden: User "alice" cannot get path "/metrics": no rule\nno webhook');
    expect(status?.details).toEqual({});
  });

  it.each([
    ["first to allow decides", [says("allow"), says("deny")], true],
    ["first to deny decides", [says("deny"), says("allow")], false],
    ["no opinion asks the next", [says("no-opinion"), says("allow")], true],
    ["an async allow", [later(says("no-opinion")), later(says("allow"))], true],
    ["an async denial", [later(says("deny")), says("allow")], false],
    ["a failure is no opinion", [fails, says("allow")], true],
    ["an async failure is no opinion", [later(fails), says("allow")], true],
    ["nobody to ask", [], false],
  ])("%s", async (_, authorizers, allowed) => {
    const { passed } = await run("GET /api/v1/pods", authorizers);
    expect(passed).toBe(allowed);
  });

  it("tells of a failed authorizer when nobody allows", async () => {
    const { status } = await run("GET /metrics", [fails]);
    expect(status?.message).toMatch(/: lookup failed$/);
  });
});
