import type { KubeObject } from "@quarterdeck/meta";
import type { Lister } from "@quarterdeck/sdk";
import { startTestServer } from "@quarterdeck/testing";
import { authenticationRequest } from "@quarterdeck/testing/authenticator-contract";
import { KeptLogger } from "@quarterdeck/testing/doubles";
import { describe, expect, it } from "vitest";
import { bootstrapSecret } from "./bootstrap-secret.fixture.js";
import { BootstrapToken } from "./bootstrap-token.js";
import plugin from "./index.js";

const TOKEN = "abcdef.0123456789abcdef";

function ask(secret: KubeObject | undefined, authorization = `Bearer ${TOKEN}`, logger = new KeptLogger()) {
  const secrets: Lister = {
    get: (name, namespace) =>
      name === secret?.metadata.name && namespace === secret.metadata.namespace ? secret : undefined,
    list: () => [],
    getFresh: async () => undefined,
    observe: () => () => {},
  };
  return new BootstrapToken(secrets, logger).authenticate(authenticationRequest({ headers: { authorization } }));
}

describe("bootstrap-token", () => {
  it("knows the machine that a good token is for, and the groups that the secret names", () => {
    expect(ask(bootstrapSecret())).toEqual({
      user: { name: "system:bootstrap:abcdef", groups: ["system:bootstrappers"] },
    });
    const groups = "system:bootstrappers:kubeadm:default-node-token,system:bootstrappers:workers";
    expect(ask(bootstrapSecret({ "auth-extra-groups": groups }))?.user.groups).toEqual([
      "system:bootstrappers",
      ...groups.split(","),
    ]);
    const later = new Date(Date.now() + 60_000).toISOString();
    expect(ask(bootstrapSecret({ expiration: later }))?.user.name).toBe("system:bootstrap:abcdef");
  });

  it.each([
    ["no secret", undefined],
    ["another secret", bootstrapSecret({ "token-secret": "fedcba9876543210" })],
    ["an empty secret", bootstrapSecret({ "token-secret": undefined })],
    ["another id", bootstrapSecret({ "token-id": "zzzzzz" })],
    ["another type", bootstrapSecret({}, { type: "Opaque" })],
    ["an end in the past", bootstrapSecret({ expiration: "2020-01-01T00:00:00Z" })],
    ["an end that is no time", bootstrapSecret({ expiration: "soon" })],
    ["no use for authentication", bootstrapSecret({ "usage-bootstrap-authentication": "false" })],
    ["a group that is not a bootstrapper's", bootstrapSecret({ "auth-extra-groups": "system:masters" })],
    [
      "a deleted secret",
      bootstrapSecret(
        {},
        {
          metadata: {
            name: "bootstrap-token-abcdef",
            namespace: "kube-system",
            deletionTimestamp: "2026-01-01T00:00:00Z",
          },
        },
      ),
    ],
    ["a secret elsewhere", bootstrapSecret({}, { metadata: { name: "bootstrap-token-abcdef", namespace: "default" } })],
  ])("has no opinion on a token with %s", (_what, secret) => {
    expect(ask(secret)).toBeUndefined();
  });

  it.each(["Bearer abcdef", "Bearer ABCDEF.0123456789abcdef", "Bearer abcdef.0123456789abcdef0", "Basic x", ""])(
    "has no opinion on %j",
    (authorization) => {
      expect(ask(bootstrapSecret(), authorization)).toBeUndefined();
    },
  );

  it("never logs a token", () => {
    const logger = new KeptLogger();
    ask(bootstrapSecret({ expiration: "2020-01-01T00:00:00Z" }), undefined, logger);
    ask(bootstrapSecret({ "auth-extra-groups": "system:masters" }), undefined, logger);
    expect(logger.lines).toHaveLength(2);
    expect(logger.text).not.toContain("0123456789");
  });
});

it("lets a machine in until its secret is gone", async () => {
  const server = await startTestServer({
    config: { authentication: [plugin, "client-certificate", "anonymous"], authorization: ["always-allow"] },
  });
  try {
    const secrets = "/api/v1/namespaces/kube-system/secrets";
    expect((await server.request(secrets, { method: "POST", body: bootstrapSecret() })).status).toBe(201);
    const review = { method: "POST", body: {}, as: { token: TOKEN } };
    const who = await server.request("/apis/authentication.k8s.io/v1/selfsubjectreviews", review);
    expect(who.json()).toMatchObject({
      status: {
        userInfo: { username: "system:bootstrap:abcdef", groups: ["system:bootstrappers", "system:authenticated"] },
      },
    });
    await server.request(`${secrets}/bootstrap-token-abcdef`, { method: "DELETE" });
    expect((await server.request("/api", { as: { token: TOKEN } })).status).toBe(401);
  } finally {
    await server.stop();
  }
});
