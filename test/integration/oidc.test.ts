import { createPublicKey, KeyObject } from "node:crypto";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Authenticator, type Config, definePlugin } from "@quarterdeck/sdk";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { base64url, exportSPKI, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { mint, OidcIssuer, type SigningKey, signingKey } from "./support/start-oidc-issuer.js";

const WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
const REVIEW = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };

let key: SigningKey;
let issuer: OidcIssuer;
beforeAll(async () => {
  key = await signingKey("k1");
  issuer = await OidcIssuer.start(key, {
    ann: { groups: ["devs", "ops"], email: "ann@example.com", team: "blue" },
    bob: { groups: "devs", email: "bob@example.com", email_verified: false },
    eve: { groups: ["system:masters"], email: "eve@example.com" },
  });
});
afterAll(() => issuer.stop());

/** An issuer as the option `jwt` takes it; the user is the client's name behind a prefix. */
function jwt(changes: object = {}) {
  return {
    issuer: { url: issuer.url, certificateAuthority: issuer.authority, audiences: ["quarterdeck"] },
    claimMappings: {
      username: { claim: "sub", prefix: "oidc:" },
      groups: { claim: "groups", prefix: "oidc:" },
    },
    ...changes,
  };
}

/** Takes any token: asked only when oidc has no opinion, or an error. */
const elsewhere = definePlugin({
  kind: "authenticator",
  name: "elsewhere",
  plugin: class implements Authenticator {
    authenticate() {
      return { user: { name: "from-elsewhere", groups: [] } };
    }
  },
});

function config(options: { readonly [option: string]: unknown }): Config {
  return {
    authentication: ["client-certificate", ["oidc", options], "anonymous"],
    authorization: ["always-allow"],
  };
}

interface UserReview {
  readonly status?: { readonly userInfo: { readonly username: string } };
}

async function whoIs(server: TestServer, token: string) {
  const answer = await server.request(WHO, { method: "POST", body: REVIEW, as: { token } });
  const review: UserReview = answer.status === 201 ? answer.json() : {};
  return { code: answer.status, user: review.status?.userInfo };
}

describe("oidc", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ config: config({ jwt: [jwt()] }) });
  });
  afterAll(() => server.stop());

  it("takes the token of a real issuer for its user", async () => {
    const { code, user } = await whoIs(server, await issuer.token("ann", "quarterdeck"));
    expect(code).toBe(201);
    expect(user).toMatchObject({
      username: "oidc:ann",
      groups: ["oidc:devs", "oidc:ops", "system:authenticated"],
      extra: { "authentication.kubernetes.io/credential-id": [expect.stringMatching(/^JTI=./)] },
    });
  });

  it("takes one group that is a text", async () => {
    const { user } = await whoIs(server, await issuer.token("bob", "quarterdeck"));
    expect(user).toMatchObject({ username: "oidc:bob", groups: ["oidc:devs", "system:authenticated"] });
  });

  it("refuses the token of a real issuer for another audience", async () => {
    expect(await whoIs(server, await issuer.token("ann", "vault"))).toEqual({ code: 401, user: undefined });
  });

  it("takes a token with several audiences, and one that begins within the leeway", async () => {
    const nbf = Math.floor(Date.now() / 1000) + 30;
    const token = await mint(key, { iss: issuer.url, sub: "ann", aud: ["vault", "quarterdeck"], nbf });
    expect((await whoIs(server, token)).code).toBe(201);
  });

  it("takes a token without a kid, by trying the issuer's keys", async () => {
    const token = await mint(key, { iss: issuer.url, sub: "ann", aud: "quarterdeck" }, {});
    expect((await whoIs(server, token)).code).toBe(201);
  });

  it("asks the others about a token of another issuer", async () => {
    const mixed = await startTestServer({
      config: { ...config({}), authentication: [["oidc", { jwt: [jwt()] }], elsewhere, "anonymous"] },
    });
    const token = await mint(key, { iss: "https://elsewhere.example", sub: "ann", aud: "quarterdeck" });
    expect((await whoIs(mixed, token)).user).toMatchObject({ username: "from-elsewhere" });
    await mixed.stop();
  });

  describe("refuses", () => {
    const good = () => ({ iss: issuer.url, sub: "ann", aud: "quarterdeck" });
    const now = () => Math.floor(Date.now() / 1000);
    const encoded = (value: object) => base64url.encode(JSON.stringify(value));
    const cases: [string, () => Promise<string>][] = [
      ["an expired token", () => mint(key, { ...good(), exp: now() - 1 })],
      ["a token without an end", () => mint(key, { ...good(), exp: null })],
      ["a token that begins later", () => mint(key, { ...good(), nbf: now() + 120 })],
      ["a token without an audience", () => mint(key, { ...good(), aud: null })],
      ["a token without a subject", () => mint(key, { ...good(), sub: null })],
      ["a subject that is no text", () => mint(key, { ...good(), sub: 7 })],
      ["a token of another key under the same kid", async () => mint(await signingKey("k1"), good())],
      ["a token of another key under another kid", async () => mint(await signingKey("k9"), good())],
      ["a token of another key without a kid", async () => mint(await signingKey("k9"), good(), {})],
      ["alg none", async () => `${encoded({ alg: "none" })}.${encoded({ ...good(), exp: now() + 60 })}.`],
      [
        "alg none with a signature",
        async () => `${encoded({ alg: "none", kid: "k1" })}.${encoded({ ...good(), exp: now() + 60 })}.AAAA`,
      ],
      [
        "HS256 with the public key as the secret",
        async () =>
          new SignJWT({ ...good(), exp: now() + 60 })
            .setProtectedHeader({ alg: "HS256", kid: "k1" })
            .sign(new TextEncoder().encode(await exportSPKI(key.publicKey))),
      ],
      [
        "HS256 with the public key's bytes as the secret",
        async () =>
          new SignJWT({ ...good(), exp: now() + 60 }).setProtectedHeader({ alg: "HS256", kid: "k1" }).sign(
            createPublicKey(KeyObject.from(key.publicKey).export({ type: "spki", format: "pem" })).export({
              type: "spki",
              format: "der",
            }),
          ),
      ],
      [
        "a key that the token brings along",
        async () => {
          const own = await signingKey("own");
          const jwk = KeyObject.from(own.publicKey).export({ format: "jwk" });
          return new SignJWT({ ...good(), exp: now() + 60 })
            .setProtectedHeader({ alg: "RS256", jwk })
            .sign(own.privateKey);
        },
      ],
      [
        "claims that were changed",
        async () => {
          const [head, , signature] = (await mint(key, good())).split(".");
          return `${head}.${encoded({ ...good(), sub: "root", exp: now() + 60 })}.${signature}`;
        },
      ],
      ["a token that was cut off", async () => (await mint(key, good())).slice(0, -4)],
    ];
    it.each(cases)("%s", async (_name, make) => {
      expect(await whoIs(server, await make())).toEqual({ code: 401, user: undefined });
    });
  });

  it("tells why in the log, without the token", async () => {
    const token = await mint(key, { iss: issuer.url, sub: "secret-subject", aud: "vault", nonce: "n-123" });
    await whoIs(server, token);
    const logs = JSON.stringify(server.logs);
    expect(logs).toContain("oidc: verify token: expected audience in");
    for (const secret of [token, token.split(".")[1] ?? "", "secret-subject", "n-123"])
      expect(logs).not.toContain(secret);
  });
});

describe("oidc in a running server", () => {
  it("answers reviews of tokens, and says why one is bad without showing it", async () => {
    const server = await startTestServer({ config: config({ jwt: [jwt()] }) });
    const review = async (token: string) => {
      const body = { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token } };
      const answer = await server.request("/apis/authentication.k8s.io/v1/tokenreviews", { method: "POST", body });
      const found: { readonly status: object } = answer.json();
      return found.status;
    };
    const good = await issuer.token("ann", "quarterdeck");
    expect(await review(good)).toMatchObject({ authenticated: true, user: { username: "oidc:ann" } });
    const bad = await review(await issuer.token("ann", "vault"));
    expect(bad).toEqual({ user: {}, error: expect.stringContaining("oidc: verify token: expected audience in") });
    await server.stop();
  });

  it("takes over other issuers and rules with the config, and keeps the old ones when the new cannot work", async () => {
    const server = await startTestServer({ config: config({ jwt: [] }) });
    const token = await issuer.token("ann", "quarterdeck");
    expect((await whoIs(server, token)).code).toBe(401);
    await server.reload(config({ jwt: [jwt()] }));
    expect((await whoIs(server, token)).user?.username).toBe("oidc:ann");
    const broken = jwt({ userValidationRules: [{ expression: "user.name ==" }] });
    await expect(server.reload(config({ jwt: [broken] }))).rejects.toThrowError("syntax error");
    expect((await whoIs(server, token)).user?.username).toBe("oidc:ann");
    await server.stop();
  });
});

describe("oidc with rules", () => {
  it("maps and validates by CEL", async () => {
    const rules = jwt({
      claimValidationRules: [
        { claim: "team", requiredValue: "blue" },
        { expression: "claims.exp - claims.iat <= 86400.0", message: "a token lasts a day at most" },
      ],
      claimMappings: {
        username: { expression: "claims.?email_verified.orValue(true) ? claims.email : ''" },
        groups: { expression: "claims.groups.map(g, 'team-' + g)" },
        uid: { claim: "sub" },
        extra: [{ key: "example.com/team", valueExpression: "claims.?team.orValue('')" }],
      },
      userValidationRules: [
        { expression: "!user.username.startsWith('system:')", message: "reserved" },
        { expression: "user.groups.all(g, !g.startsWith('system:'))", message: "reserved" },
      ],
    });
    const server = await startTestServer({ config: config({ jwt: [rules] }) });
    const { user } = await whoIs(server, await issuer.token("ann", "quarterdeck"));
    expect(user).toMatchObject({
      username: "ann@example.com",
      uid: "ann",
      groups: ["team-devs", "team-ops", "system:authenticated"],
      extra: { "example.com/team": ["blue"] },
    });
    // Neither bob nor eve is of the team, and bob's address is not verified.
    expect((await whoIs(server, await issuer.token("bob", "quarterdeck"))).code).toBe(401);
    expect((await whoIs(server, await issuer.token("eve", "quarterdeck"))).code).toBe(401);
    const logs = JSON.stringify(server.logs);
    expect(logs).toContain("empty username via CEL expression is not allowed");
    expect(logs).toContain("required claim team not present in ID token");
    await server.stop();
  });

  it("keeps callers out of groups that a user rule reserves", async () => {
    const mapped = { username: { claim: "sub", prefix: "" }, groups: { claim: "groups", prefix: "" } };
    const userValidationRules = [{ expression: "user.groups.all(g, !g.startsWith('system:'))", message: "reserved" }];
    const server = await startTestServer({
      config: config({ jwt: [jwt({ claimMappings: mapped, userValidationRules })] }),
    });
    expect((await whoIs(server, await issuer.token("eve", "quarterdeck"))).code).toBe(401);
    expect((await whoIs(server, await issuer.token("ann", "quarterdeck"))).user).toMatchObject({ username: "ann" });
    await server.stop();
  });
});

describe("oidc and an issuer that changes", () => {
  it("takes tokens of new keys, and no longer those of withdrawn ones", async () => {
    const other = await OidcIssuer.start(key, { ann: {} });
    const own = { issuer: { url: other.url, certificateAuthority: other.authority, audiences: ["quarterdeck"] } };
    const server = await startTestServer({ config: config({ jwt: [jwt(own)] }) });
    const claims = { iss: other.url, sub: "ann", aud: "quarterdeck" };
    expect((await whoIs(server, await other.token("ann", "quarterdeck"))).code).toBe(201);
    await other.stop();
    const next = await signingKey("k2", "ES256");
    await other.resume([next]);
    // The issuer is not asked twice within a few seconds.
    await vi.waitUntil(async () => (await whoIs(server, await mint(next, claims))).code === 201, {
      timeout: 20_000,
      interval: 500,
    });
    expect((await whoIs(server, await mint(key, { ...claims, jti: "after" }))).code).toBe(401);
    await Promise.all([server.stop(), other.stop()]);
  });

  it("starts while the issuer is down, and takes its tokens once it is up", async () => {
    const other = await OidcIssuer.start(key, { ann: {} });
    const own = { issuer: { url: other.url, certificateAuthority: other.authority, audiences: ["quarterdeck"] } };
    await other.stop();
    const server = await startTestServer({ config: config({ jwt: [jwt(own)] }) });
    const token = await mint(key, { iss: other.url, sub: "ann", aud: "quarterdeck" });
    expect((await whoIs(server, token)).code).toBe(401);
    await other.resume([key]);
    await vi.waitUntil(async () => (await whoIs(server, token)).code === 201, { timeout: 20_000, interval: 500 });
    expect(server.logs.some(({ message }) => message === "cannot get the keys of an issuer")).toBe(true);
    await Promise.all([server.stop(), other.stop()]);
  });

  it("does not trust an issuer whose certificate is of another authority", async () => {
    const { issuer: named } = jwt();
    const foreign = {
      issuer: { ...named, certificateAuthority: (await OidcIssuer.start(key, {}).then(stopped)).authority },
    };
    const server = await startTestServer({ config: config({ jwt: [jwt(foreign)] }) });
    expect((await whoIs(server, await issuer.token("ann", "quarterdeck"))).code).toBe(401);
    await server.stop();
  });
});

describe("oidc with a file of issuers", () => {
  it("follows the file, and keeps the issuers from before when it cannot be used", async () => {
    const folder = await mkdtemp(join(tmpdir(), "oidc-"));
    const file = join(folder, "authentication.yaml");
    const write = async (list: readonly object[], version = "apiserver.config.k8s.io/v1") => {
      const document = { apiVersion: version, kind: "AuthenticationConfiguration", jwt: list };
      await writeFile(`${file}.new`, JSON.stringify(document));
      await rename(`${file}.new`, file);
    };
    const named = (prefix: string) => jwt({ claimMappings: { username: { claim: "sub", prefix } } });
    await write([named("first:")]);
    const server = await startTestServer({ config: config({ file }), directory: folder });
    const token = await issuer.token("ann", "quarterdeck");
    const name = async () => (await whoIs(server, token)).user?.username;
    expect(await name()).toBe("first:ann");
    await write([named("second:")]);
    await vi.waitUntil(async () => (await name()) === "second:ann", { timeout: 20_000, interval: 200 });
    await write([named("third:"), named("fourth:")]);
    const refused = () => server.logs.some(({ message }) => message.startsWith("cannot use the issuers"));
    await vi.waitUntil(refused, { timeout: 20_000, interval: 200 });
    expect(await name()).toBe("second:ann");
    expect(JSON.stringify(server.logs)).toContain("jwt[1].issuer.url: Duplicate value");
    await server.stop();
    await rm(folder, { recursive: true });
  });
});

async function stopped(one: OidcIssuer): Promise<OidcIssuer> {
  await one.stop();
  return one;
}
