import {
  type AuthenticationRequest,
  type Authenticator,
  type AuthorizationAttributes,
  type Authorizer,
  definePlugin,
} from "@quarterdeck/sdk";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { expectFailure } from "./support/expect-failure.js";

const BAD = "this one was revoked";

class Tokens implements Authenticator {
  authenticate(request: AuthenticationRequest) {
    const token = request.header("authorization")?.slice("Bearer ".length);
    if (token === "revoked") throw new Error(BAD);
    if (token !== "good") return undefined;
    const asked = request.audiences ?? ["api"];
    const audiences = asked.filter((one) => one === "api" || one === "vault");
    if (audiences.length === 0) return undefined;
    const extra = { "example.com/scopes": ["read", "write"] };
    return { user: { name: "ann", uid: "u-1", groups: ["devs"], extra }, audiences };
  }
}
const tokens = definePlugin({ kind: "authenticator", name: "tokens", plugin: Tokens });

const asked: AuthorizationAttributes[] = [];

/** Masters may all; ann may get pods, is told that she may never delete them, and fails to be asked about nodes. */
class Rules implements Authorizer {
  authorize(attributes: AuthorizationAttributes) {
    asked.push(attributes);
    const { user, verb, resource, isResourceRequest, path } = attributes;
    if (user.groups.includes("system:masters")) return { decision: "allow" as const };
    if (resource === "nodes") throw new Error("the nodes are away");
    if (resource === "pods" && verb === "delete") return { decision: "deny" as const, reason: "pods are kept" };
    if (resource === "pods" && verb === "get") return { decision: "allow" as const, reason: "everybody may" };
    if (!isResourceRequest && path === "/healthz") return { decision: "allow" as const };
    return { decision: "no-opinion" as const };
  }
  rulesFor() {
    return {
      resourceRules: [{ verbs: ["get"], apiGroups: [""], resources: ["pods"], resourceNames: [] }],
      nonResourceRules: [{ verbs: ["get"], nonResourceURLs: ["/healthz"] }],
      incomplete: false,
    };
  }
}
const rules = definePlugin({ kind: "authorizer", name: "rules", plugin: Rules });

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    config: { authentication: [tokens, "client-certificate", "anonymous"], authorization: [rules] },
  });
});
afterAll(() => server.stop());
beforeEach(() => {
  asked.length = 0;
});

const AUTHN = "/apis/authentication.k8s.io/v1";
const AUTHZ = "/apis/authorization.k8s.io/v1";
const post = (path: string, body: object, as: "admin" | { token: string } = "admin") =>
  server.request(path, { method: "POST", body, as });

describe("TokenReview", () => {
  const review = async (spec: object) => {
    const answer = await post(`${AUTHN}/tokenreviews`, { spec });
    expect(answer.status).toBe(201);
    return answer.json<{ status: unknown; kind: string }>();
  };

  it("tells the user of a good token, as the server would know it", async () => {
    expect(await review({ token: "good" })).toEqual({
      kind: "TokenReview",
      apiVersion: "authentication.k8s.io/v1",
      metadata: {},
      spec: { token: "good" },
      status: {
        authenticated: true,
        user: {
          username: "ann",
          uid: "u-1",
          groups: ["devs", "system:authenticated"],
          extra: { "example.com/scopes": ["read", "write"] },
        },
        audiences: ["api"],
      },
    });
  });

  it("asks for the named audiences, of which the good ones are told", async () => {
    expect(await review({ token: "good", audiences: ["vault", "other"] })).toMatchObject({
      status: { authenticated: true, audiences: ["vault"] },
    });
    expect((await review({ token: "good", audiences: ["other"] })).status).toEqual({
      user: {},
      error: "invalid bearer token",
    });
  });

  it("tells why a token is bad, and is never taken for anonymous", async () => {
    expect((await review({ token: "nobody's" })).status).toEqual({ user: {}, error: "invalid bearer token" });
    expect((await review({ token: "revoked" })).status).toEqual({ user: {}, error: BAD });
  });

  it("refuses a review without a token", async () => {
    const answer = await post(`${AUTHN}/tokenreviews`, { spec: {} });
    expectFailure(answer, 400, "BadRequest", "token is required for TokenReview in authentication");
  });

  it("is created and nothing else, listed in discovery, and stored nowhere", async () => {
    for (const method of ["GET", "PUT", "DELETE"]) {
      expect((await server.request(`${AUTHN}/tokenreviews`, { method })).status).toBe(405);
    }
    const { resources } = (await server.request(AUTHN)).json<{ resources: object[] }>();
    expect(resources).toContainEqual(
      expect.objectContaining({ name: "tokenreviews", verbs: ["create"], kind: "TokenReview", namespaced: false }),
    );
    expect(resources).not.toContainEqual(expect.objectContaining({ name: "tokenreviews/status" }));
    expect((await server.request("/metrics")).text()).not.toContain('resource="tokenreviews.authentication.k8s.io"');
  });
});

describe("SelfSubjectReview", () => {
  it("tells callers who they are", async () => {
    const { status } = (await post(`${AUTHN}/selfsubjectreviews`, {})).json<{ status: unknown }>();
    expect(status).toMatchObject({
      userInfo: { username: "kubernetes-admin", groups: ["system:masters", "system:authenticated"] },
    });
  });
});

describe("SubjectAccessReview", () => {
  const status = async (spec: object): Promise<unknown> => {
    const answer = await post(`${AUTHZ}/subjectaccessreviews`, { spec });
    expect(answer.status).toBe(201);
    return answer.json<{ status: unknown }>().status;
  };
  const ann = { user: "ann", groups: ["devs"] };

  it("answers with what all authorizers say, and why", async () => {
    const pods = { namespace: "demo", resource: "pods" };
    expect(await status({ ...ann, resourceAttributes: { ...pods, verb: "get" } })).toEqual({
      allowed: true,
      reason: "everybody may",
    });
    expect(await status({ ...ann, resourceAttributes: { ...pods, verb: "delete" } })).toEqual({
      allowed: false,
      denied: true,
      reason: "pods are kept",
    });
    expect(await status({ ...ann, resourceAttributes: { ...pods, verb: "list" } })).toEqual({ allowed: false });
    expect(await status({ ...ann, nonResourceAttributes: { path: "/healthz", verb: "get" } })).toEqual({
      allowed: true,
    });
    expect(await status({ ...ann, resourceAttributes: { resource: "nodes", verb: "get" } })).toEqual({
      allowed: false,
      reason: "the nodes are away",
      evaluationError: "the nodes are away",
    });
  });

  it("asks about the whole of the question, selectors as queries have them", async () => {
    await status({
      user: "ann",
      uid: "u-1",
      extra: { k: ["v"] },
      resourceAttributes: {
        group: "apps",
        version: "v1",
        resource: "deployments",
        subresource: "scale",
        name: "web",
        verb: "update",
        fieldSelector: { requirements: [{ key: "metadata.name", operator: "In", values: ["a,b"] }] },
        labelSelector: {
          requirements: [
            { key: "app", operator: "In", values: ["x", "y"] },
            { key: "old", operator: "DoesNotExist" },
            { key: "strange", operator: "Sounds", values: ["z"] },
          ],
        },
      },
    });
    expect(asked.at(-1)).toEqual({
      user: { name: "ann", uid: "u-1", groups: [], extra: { k: ["v"] } },
      verb: "update",
      isResourceRequest: true,
      apiGroup: "apps",
      apiVersion: "v1",
      namespace: "",
      resource: "deployments",
      subresource: "scale",
      name: "web",
      path: "",
      fieldSelector: "metadata.name=a\\,b",
      labelSelector: "app in (x,y),!old",
    });
  });

  it.each([
    [{ user: "ann" }, "spec", "exactly one of nonResourceAttributes or resourceAttributes must be specified"],
    [
      { user: "ann", resourceAttributes: { verb: "get" }, nonResourceAttributes: { path: "/" } },
      "spec",
      "exactly one of nonResourceAttributes or resourceAttributes must be specified",
    ],
    [{ resourceAttributes: { verb: "get" } }, "spec.user", "at least one of user or group must be specified"],
    [
      { user: "ann", resourceAttributes: { fieldSelector: {} } },
      "spec.resourceAttributes.fieldSelector.requirements",
      "requirements or rawSelector is required",
    ],
  ])("refuses the question %j", async (spec, field, message) => {
    const answer = await post(`${AUTHZ}/subjectaccessreviews`, { spec });
    expect(answer.status).toBe(422);
    expect(answer.json()).toMatchObject({
      details: { causes: [{ field, message: expect.stringContaining(message) }] },
    });
  });

  it("is no object, so it has no name", async () => {
    const answer = await post(`${AUTHZ}/subjectaccessreviews`, {
      metadata: { name: "x" },
      spec: { user: "ann", nonResourceAttributes: { path: "/" } },
    });
    expect(answer.json()).toMatchObject({ code: 422, details: { causes: [{ field: "metadata" }] } });
  });
});

describe("the reviews of the caller", () => {
  it("ask about the caller, whoever the body says", async () => {
    const attributes = { verb: "get", resource: "secrets" };
    const answer = await post(`${AUTHZ}/selfsubjectaccessreviews`, {
      spec: { user: "root", resourceAttributes: attributes },
    });
    expect(answer.json()).toMatchObject({ status: { allowed: true } });
    expect(asked.at(-1)?.user.name).toBe("kubernetes-admin");
  });

  it("list the rules in a namespace, which must be named", async () => {
    const answer = await post(`${AUTHZ}/selfsubjectrulesreviews`, { spec: { namespace: "demo" } });
    expect(answer.json<{ status: unknown }>().status).toEqual({
      resourceRules: [{ verbs: ["get"], apiGroups: [""], resources: ["pods"] }],
      nonResourceRules: [{ verbs: ["get"], nonResourceURLs: ["/healthz"] }],
      incomplete: false,
    });
    const refused = await post(`${AUTHZ}/selfsubjectrulesreviews`, { spec: {} });
    expectFailure(refused, 400, "BadRequest", "no namespace on request");
  });
});

describe("LocalSubjectAccessReview", () => {
  const path = `${AUTHZ}/namespaces/default/localsubjectaccessreviews`;
  it("asks about its own namespace alone", async () => {
    const resourceAttributes = { namespace: "default", resource: "pods", verb: "get" };
    const answer = await post(path, { metadata: { namespace: "default" }, spec: { user: "ann", resourceAttributes } });
    expect([answer.status, answer.json()]).toMatchObject([201, { status: { allowed: true } }]);
    const nowhere = {
      metadata: {},
      spec: { user: "ann", resourceAttributes: { ...resourceAttributes, namespace: "nowhere" } },
    };
    const asked = await post(path.replace("default", "nowhere"), nowhere);
    expect([asked.status, asked.json()]).toMatchObject([201, { status: { allowed: true } }]);
    const other = { ...resourceAttributes, namespace: "demo" };
    const refused = await post(path, {
      metadata: { namespace: "default" },
      spec: { user: "ann", resourceAttributes: other },
    });
    expect(refused.json()).toMatchObject({
      code: 422,
      details: { causes: [{ field: "spec.resourceAttributes.namespace" }] },
    });
  });
});
