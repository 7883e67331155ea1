import type { KubeObject, Status } from "@quarterdeck/meta";
import { startTestServer, type TestResponse, type TestServer } from "@quarterdeck/testing";
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const DEMO = "/api/v1/namespaces/demo";
const ISSUER = "https://kubernetes.default.svc";
const REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";
const WHOAMI = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

interface TokenRequest extends KubeObject {
  readonly spec: { audiences: string[]; expirationSeconds: number; boundObjectRef: null };
  readonly status: { token: string; expirationTimestamp: string };
}

describe("service accounts, over a real socket", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({
      config: {
        authentication: ["client-certificate", ["service-account", { maxExpirationSeconds: 7200 }], "anonymous"],
        authorization: ["always-allow"],
      },
    });
    await create("/api/v1/namespaces", { kind: "Namespace", metadata: { name: "demo" } });
    await create(`${DEMO}/serviceaccounts`, { kind: "ServiceAccount", metadata: { name: "bot" } });
  });
  afterAll(() => server.stop());

  async function create<T extends KubeObject = KubeObject>(path: string, object: object): Promise<T> {
    const answer = await server.request(path, { method: "POST", body: { apiVersion: "v1", ...object } });
    expect([answer.status, answer.text()]).toEqual([201, expect.any(String)]);
    return answer.json<T>();
  }

  function ask(spec: object | undefined, account = "bot", over: object = {}): Promise<TestResponse> {
    const type = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest" };
    const body = { ...type, ...over, ...(spec === undefined ? {} : { spec }) };
    return server.request(`${DEMO}/serviceaccounts/${account}/token`, { method: "POST", body });
  }

  async function token(spec: object = {}, account = "bot"): Promise<string> {
    return (await ask(spec, account)).json<TokenRequest>().status.token;
  }

  async function whoami(bearer: string): Promise<{ status: number; user: unknown }> {
    const answer = await server.request(WHOAMI, { method: "POST", body: {}, as: { token: bearer } });
    return { status: answer.status, user: answer.json<{ status?: { userInfo?: unknown } }>().status?.userInfo };
  }

  async function review(spec: object): Promise<object> {
    return (await create<KubeObject & { status: object }>(REVIEWS, { apiVersion: "authentication.k8s.io/v1", spec }))
      .status;
  }

  it("get tokens as upstream writes them", async () => {
    const answer = await ask(undefined);
    expect(answer.status).toBe(201);
    const found = answer.json<TokenRequest>();
    expect(found).toEqual({
      kind: "TokenRequest",
      apiVersion: "authentication.k8s.io/v1",
      metadata: {
        name: "bot",
        namespace: "demo",
        uid: expect.any(String),
        creationTimestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      },
      spec: { audiences: [ISSUER], expirationSeconds: 3600, boundObjectRef: null },
      status: { token: expect.any(String), expirationTimestamp: expect.any(String) },
    });
    const stored = (await server.request(`${DEMO}/serviceaccounts/bot`)).json();
    expect(JSON.stringify(stored)).not.toContain(found.status.token);
  });

  it("take what clients send that fill in every field", async () => {
    const empty = { audiences: null, expirationSeconds: null, boundObjectRef: null };
    const over = { metadata: { creationTimestamp: null }, status: { token: "", expirationTimestamp: null } };
    expect((await ask(empty, "bot", over)).json<TokenRequest>().spec.expirationSeconds).toBe(3600);
  });

  it("are asked for tokens in protobuf too", async () => {
    const text = (number: number, bytes: Buffer): Buffer =>
      Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
    const type = [text(1, Buffer.from("authentication.k8s.io/v1")), text(2, Buffer.from("TokenRequest"))];
    // audiences = 1, expirationSeconds = 4 (a varint, 900)
    const spec = Buffer.concat([text(1, Buffer.from("vault")), Buffer.from([0x20, 0x84, 0x07])]);
    const body = Buffer.concat([Buffer.from("k8s\0"), text(1, Buffer.concat(type)), text(2, text(2, spec))]);
    const headers = { "content-type": "application/vnd.kubernetes.protobuf" };
    const answer = await server.request(`${DEMO}/serviceaccounts/bot/token`, { method: "POST", headers, body });
    expect(answer.json<TokenRequest>().spec).toMatchObject({ audiences: ["vault"], expirationSeconds: 900 });
  });

  it("are the users that their tokens say", async () => {
    const bearer = await token();
    const { metadata } = (await server.request(`${DEMO}/serviceaccounts/bot`)).json<KubeObject>();
    expect(await whoami(bearer)).toEqual({
      status: 201,
      user: {
        username: "system:serviceaccount:demo:bot",
        uid: metadata.uid,
        groups: ["system:serviceaccounts", "system:serviceaccounts:demo", "system:authenticated"],
        extra: { "authentication.kubernetes.io/credential-id": [`JTI=${decodeJwt(bearer).jti}`] },
      },
    });
  });

  it.each([
    [{ expirationSeconds: 599 }, "may not specify a duration less than 10 minutes"],
    [{ expirationSeconds: 2 ** 32 + 1 }, "may not specify a duration larger than 2^32 seconds"],
  ])("get no token for %j", async (spec, why) => {
    const answer = await ask(spec);
    expect(answer.status).toBe(422);
    expect(answer.json<Status>().message).toBe(
      `TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: ${spec.expirationSeconds}: ${why}`,
    );
  });

  it("get no token for another place", async () => {
    const named = await ask({}, "bot", { metadata: { name: "other" } });
    expect([named.status, named.json<Status>().message]).toEqual([
      422,
      'TokenRequest.authentication.k8s.io "bot" is invalid: ' +
        'metadata.name: Invalid value: "other": must match the service account name if specified',
    ]);
    const elsewhere = await ask({}, "bot", { metadata: { name: "bot", namespace: "else" } });
    expect([elsewhere.status, elsewhere.json<Status>().message]).toEqual([
      400,
      "the namespace of the provided object does not match the namespace sent on the request",
    ]);
    expect((await ask({}, "bot", { metadata: { name: "bot", namespace: "demo" } })).status).toBe(201);
  });

  it("get no token under another uid, and one with what the request says of itself", async () => {
    const stored = (await server.request(`${DEMO}/serviceaccounts/bot`)).json<{ metadata: { uid: string } }>();
    const { uid } = stored.metadata;
    const refused = await ask({}, "bot", { metadata: { uid: "other" } });
    expect(refused.status).toBe(409);
    expect(refused.json<Status>().message).toBe(
      'Operation cannot be fulfilled on TokenRequest.authentication.k8s.io "bot": ' +
        `the UID in the token request (other) does not match the UID of the service account (${uid})`,
    );
    const labels = { a: "b" };
    const { metadata } = (await ask({}, "bot", { metadata: { uid, labels } })).json<{ metadata: object }>();
    expect(metadata).toMatchObject({ name: "bot", uid, labels });
    expect(metadata).not.toHaveProperty("annotations");
  });

  it("get shorter ones than they ask for, with a warning", async () => {
    const answer = await ask({ expirationSeconds: 86_400 });
    expect(answer.json<TokenRequest>().spec.expirationSeconds).toBe(7200);
    expect(answer.headers.warning).toContain("requested expiration of 86400 seconds shortened to 7200 seconds");
  });

  it("that are not there get none", async () => {
    expect((await ask({}, "nobody")).status).toBe(404);
  });

  it("lose their tokens when they go, and do not get them back with the name", async () => {
    await create(`${DEMO}/serviceaccounts`, { kind: "ServiceAccount", metadata: { name: "brief" } });
    const bearer = await token({}, "brief");
    expect((await whoami(bearer)).status).toBe(201);
    await server.request(`${DEMO}/serviceaccounts/brief`, { method: "DELETE" });
    expect((await whoami(bearer)).status).toBe(401);
    await create(`${DEMO}/serviceaccounts`, { kind: "ServiceAccount", metadata: { name: "brief" } });
    expect((await whoami(bearer)).status).toBe(401);
    expect((await whoami(await token({}, "brief"))).status).toBe(201);
  });

  it("have tokens that die with the pod or the secret", async () => {
    await create(`${DEMO}/pods`, {
      kind: "Pod",
      metadata: { name: "web" },
      spec: { serviceAccountName: "bot", nodeName: "n", containers: [{ name: "a", image: "a" }] },
    });
    await create(`${DEMO}/secrets`, { kind: "Secret", metadata: { name: "held" } });
    for (const [kind, resource, name] of [
      ["Pod", "pods", "web"],
      ["Secret", "secrets", "held"],
    ]) {
      const bearer = await token({ boundObjectRef: { kind, apiVersion: "v1", name } });
      expect((await whoami(bearer)).status).toBe(201);
      await server.request(`${DEMO}/${resource}/${name}?gracePeriodSeconds=0`, { method: "DELETE" });
      expect((await whoami(bearer)).status).toBe(401);
      const answer = await ask({ boundObjectRef: { kind, apiVersion: "v1", name } });
      expect([answer.status, answer.json<Status>().message]).toEqual([404, `${resource} "${name}" not found`]);
    }
    const node = await ask({ boundObjectRef: { kind: "Node", apiVersion: "v1", name: "n" } });
    expect([node.status, node.json<Status>().message]).toEqual([404, 'nodes "n" not found']);
  });

  it("are known to reviews, for the audiences asked for", async () => {
    const bearer = await token({ audiences: ["vault"] });
    expect(await review({ token: bearer, audiences: ["vault", "x"] })).toMatchObject({
      authenticated: true,
      audiences: ["vault"],
      user: { username: "system:serviceaccount:demo:bot" },
    });
    const refused = await review({ token: bearer });
    expect(refused).toMatchObject({ user: {}, error: expect.any(String) });
    expect(JSON.stringify(refused)).not.toContain(bearer.slice(-40));
    expect((await whoami(bearer)).status).toBe(401);
  });

  it("have the kind of their requests in discovery", async () => {
    const { resources } = (await server.request("/api/v1")).json<{ resources: { name: string }[] }>();
    expect(resources.find(({ name }) => name === "serviceaccounts/token")).toEqual({
      name: "serviceaccounts/token",
      singularName: "",
      namespaced: true,
      group: "authentication.k8s.io",
      version: "v1",
      kind: "TokenRequest",
      verbs: ["create"],
    });
  });

  it("have keys that others check tokens with", async () => {
    const configuration = await server.request("/.well-known/openid-configuration");
    expect(configuration.headers["content-type"]).toBe("application/json");
    expect(configuration.headers["cache-control"]).toBe("public, max-age=3600");
    expect(configuration.json()).toMatchObject({ issuer: ISSUER, jwks_uri: `${ISSUER}/openid/v1/jwks` });
    const answer = await server.request("/openid/v1/jwks");
    expect(answer.headers["content-type"]).toBe("application/jwk-set+json");
    const keys = createLocalJWKSet(answer.json<JSONWebKeySet>());
    const { payload } = await jwtVerify(await token(), keys, { issuer: ISSUER });
    expect(payload.sub).toBe("system:serviceaccount:demo:bot");
  });
});

it("without the authenticator nobody issues tokens, nor once the config names it no longer", async () => {
  const authorization = ["system-masters"];
  const server = await startTestServer({
    config: { authentication: ["client-certificate", "service-account"], authorization },
  });
  try {
    await server.request("/api/v1/namespaces/default/serviceaccounts", {
      method: "POST",
      body: { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "bot" } },
    });
    const path = "/api/v1/namespaces/default/serviceaccounts/bot/token";
    expect((await server.request(path, { method: "POST", body: {} })).status).toBe(201);
    await server.reload({ authentication: ["client-certificate"], authorization });
    expect((await server.request("/openid/v1/jwks")).status).toBe(404);
    const answer = await server.request(path, { method: "POST", body: {} });
    expect([answer.status, answer.json<Status>().message]).toEqual([
      503,
      "no authenticator of this server issues tokens; name service-account under authentication",
    ]);
  } finally {
    await server.stop();
  }
});
