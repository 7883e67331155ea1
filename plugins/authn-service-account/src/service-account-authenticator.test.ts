import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT } from "jose";
import { afterAll, describe, expect, it, vi } from "vitest";
import { Fixture } from "./plugin.fixture.js";
import { readSigningKey } from "./verification-key.js";

afterAll(Fixture.clean);

const USER = "system:serviceaccount:demo:bot";
const ISSUER = "https://kubernetes.default.svc";
const now = (): number => Math.floor(Date.now() / 1000);

/** Signs any claims with the fixture's own key. */
async function signed(fixture: Fixture, claims: JWTPayload): Promise<string> {
  const file = join(fixture.paths.data, "service-account.key");
  const { privateKey, id, algorithm } = readSigningKey(readFileSync(file, "utf8"), file);
  return new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid: id }).sign(privateKey);
}

function claims(over: object = {}): JWTPayload {
  return {
    iss: ISSUER,
    aud: [ISSUER],
    sub: USER,
    exp: now() + 600,
    nbf: now(),
    iat: now(),
    "kubernetes.io": { namespace: "demo", serviceaccount: { name: "bot", uid: "u-1" } },
    ...over,
  };
}

describe("a token", () => {
  it("says what upstream's say", async () => {
    const fixture = await new Fixture().started();
    const { token, expirationTimestamp, audiences } = await fixture.issue();
    const payload = decodeJwt(token);
    expect(payload).toEqual({
      aud: [ISSUER],
      exp: expect.any(Number),
      iat: expect.any(Number),
      iss: ISSUER,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      nbf: payload.iat,
      sub: USER,
      "kubernetes.io": { namespace: "demo", serviceaccount: { name: "bot", uid: "u-1" } },
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
    expect(expirationTimestamp).toBe(new Date((payload.exp ?? 0) * 1000).toISOString().replace(".000", ""));
    expect(audiences).toEqual([ISSUER]);
    expect(decodeProtectedHeader(token)).toEqual({ alg: "ES256", kid: expect.any(String) });
  });

  it("stands for the account's user, the same one each time", async () => {
    const fixture = await new Fixture().started();
    const token = await fixture.token();
    const found = await fixture.ask(token);
    expect(found).toEqual({
      audiences: [ISSUER],
      user: {
        name: USER,
        uid: "u-1",
        groups: ["system:serviceaccounts", "system:serviceaccounts:demo"],
        extra: { "authentication.kubernetes.io/credential-id": [`JTI=${decodeJwt(token).jti}`] },
      },
    });
    expect(await fixture.ask(token)).toBe(found);
  });

  it("is answered at once when it has been seen before", async () => {
    const fixture = await new Fixture().started();
    const token = await fixture.token();
    const request = { header: () => `Bearer ${token}`, socket: undefined, path: "/" };
    expect(fixture.plugin.authenticate(request)).toBeInstanceOf(Promise);
    await fixture.ask(token);
    expect(fixture.plugin.authenticate(request)).toMatchObject({ user: { name: USER } });
  });

  it("is good for the audiences that it names alone", async () => {
    const fixture = await new Fixture({ audiences: ["api", "api2"] }).started();
    const vault = await fixture.token(undefined, ["vault", "api2"]);
    expect(await fixture.ask(vault, ["vault", "x"])).toMatchObject({ audiences: ["vault"] });
    expect(await fixture.ask(vault)).toMatchObject({ audiences: ["api2"] });
    const foreign = await fixture.token(undefined, ["vault"]);
    const refusal = 'token audiences ["vault"] is invalid for the target audiences ["api","api2"]';
    await expect(fixture.ask(foreign)).rejects.toThrow(refusal);
    await expect(fixture.ask(foreign)).rejects.toThrow(refusal);
    expect(await fixture.ask(foreign, ["vault"])).toMatchObject({ audiences: ["vault"] });
  });

  it.each([
    ["expired, beyond the leeway", { exp: now() - 61 }, "service account token has expired"],
    ["not yet valid", { nbf: now() + 120 }, "service account token is not valid yet"],
    ["of tomorrow", { iat: now() + 120 }, "service account token is not valid yet"],
    ["without an end", { exp: undefined }, "the claim exp is missing"],
    ["for another server", { aud: ["other"] }, "is invalid for the target audiences"],
    ["of another subject", { sub: "system:serviceaccount:demo:root" }, "sub claim is invalid"],
    ["without an account", { "kubernetes.io": {} }, "the claim kubernetes.io.serviceaccount is missing"],
    ["without our claims", { "kubernetes.io": undefined }, "the claim kubernetes.io is missing"],
    [
      "of an account that is not there",
      {
        sub: "system:serviceaccount:demo:x",
        "kubernetes.io": { namespace: "demo", serviceaccount: { name: "x", uid: "u" } },
      },
      'serviceaccounts "x" not found',
    ],
    [
      "of a former account of the name",
      { "kubernetes.io": { namespace: "demo", serviceaccount: { name: "bot", uid: "u-0" } } },
      "service account UID (u-1) does not match claim (u-0)",
    ],
  ])("is bad when it is %s", async (_what, over, message) => {
    const fixture = await new Fixture().started();
    expect(await fixture.ask(await signed(fixture, claims()))).toMatchObject({ user: { name: USER } });
    const token = await signed(fixture, claims(over));
    await expect(fixture.ask(token)).rejects.toThrow(message);
    await expect(fixture.ask(token)).rejects.toThrow(message);
  });

  it("is still good within the leeway of a minute", async () => {
    const fixture = await new Fixture().started();
    const token = await signed(fixture, claims({ exp: now() - 30, nbf: now() + 30 }));
    expect(await fixture.ask(token)).toMatchObject({ user: { name: USER } });
  });

  it("that has been seen before is bad from its end on", async () => {
    const fixture = await new Fixture().started();
    const token = await fixture.token(undefined, [], 600);
    await fixture.ask(token);
    vi.useFakeTimers({ now: Date.now() + 661_000, toFake: ["Date"] });
    try {
      await expect(fixture.ask(token)).rejects.toThrow("service account token has expired");
    } finally {
      vi.useRealTimers();
    }
  });

  it("is kept and looked up by its digest alone, which is what stands for it everywhere", async () => {
    const fixture = await new Fixture().started();
    const token = await fixture.token();
    await fixture.ask(token);
    const keys: unknown[] = [];
    const get = vi.spyOn(Map.prototype, "get").mockImplementation(function (this: Map<unknown, unknown>, key) {
      keys.push(key);
      return undefined;
    });
    let pending: ReturnType<typeof fixture.plugin.authenticate>;
    try {
      pending = fixture.plugin.authenticate({ header: () => `Bearer ${token}`, socket: undefined, path: "/" });
    } finally {
      get.mockRestore();
    }
    await Promise.resolve(pending).catch(() => undefined);
    expect(keys).toContain(createHash("sha256").update(token).digest("base64"));
    expect(keys).not.toContain(token);
  });

  it("of another issuer, and anything that is no token, is for others to know", async () => {
    const fixture = await new Fixture().started();
    const foreign = await signed(fixture, claims({ iss: "https://else.example.com" }));
    for (const token of [foreign, "a.b.c", "opaque", "", "..", `${"x".repeat(40_000)}.y.z`])
      expect(await fixture.ask(token)).toBeUndefined();
  });

  it("of a former issuer is accepted when the options say so", async () => {
    const fixture = await new Fixture({ acceptedIssuers: ["https://former.example.com"] }).started();
    expect(await fixture.ask(await signed(fixture, claims({ iss: "https://former.example.com" })))).toBeDefined();
  });
});

describe("forged tokens", () => {
  it("never pass: no algorithm, the public key as a secret, another key, another id, a cut one", async () => {
    const fixture = await new Fixture().started();
    const good = await fixture.token();
    const [head = "", body = "", signature = ""] = good.split(".");
    const { kid = "" } = decodeProtectedHeader(good);
    const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const pem = readFileSync(join(fixture.paths.data, "service-account.key"), "utf8");
    const spki = createPublicKey(createPrivateKey(pem)).export({ type: "spki", format: "pem" });
    const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    const forge = (header: { alg: string; kid?: string }, key: Parameters<SignJWT["sign"]>[0]): Promise<string> =>
      new SignJWT(claims()).setProtectedHeader(header).sign(key);
    const admin = base64({ ...claims(), sub: "system:serviceaccount:kube-system:root" });
    const forged = {
      none: `${base64({ alg: "none", kid })}.${body}.`,
      "none with a signature": `${base64({ alg: "none", kid })}.${body}.${signature}`,
      "HS256 with the public key": await forge({ alg: "HS256", kid }, Buffer.from(spki)),
      "HS256 without an id": await forge({ alg: "HS256" }, Buffer.from(spki)),
      "another key": await forge({ alg: "ES256", kid }, other),
      "another key without an id": await forge({ alg: "ES256" }, other),
      "an unknown id": await forge({ alg: "ES256", kid: "x" }, other),
      "other claims": `${head}.${admin}.${signature}`,
      "a cut signature": `${head}.${body}.${signature.slice(0, -8)}`,
      "no signature": `${head}.${body}.`,
      "a key of its own": `${base64({ alg: "ES256", kid, jwk: other.export({ format: "jwk" }) })}.${body}.${signature}`,
      "an unreadable header": `x.${body}.${signature}`,
    };
    expect(await fixture.ask(good)).toBeDefined();
    for (const [what, token] of Object.entries(forged)) {
      const outcome = await fixture.ask(token).then(
        () => `${what} was taken`,
        (error: Error) => error.message,
      );
      expect(outcome).toMatch(/^(invalid signature|the token is invalid)/);
      expect(outcome).not.toContain(signature);
    }
    expect(fixture.logger.text).not.toContain(signature);
  });
});

describe("what a token is bound to", () => {
  const POD = { kind: "Pod", apiVersion: "v1", name: "web" };

  async function withPod(): Promise<Fixture> {
    const fixture = await new Fixture().started();
    fixture.pods.put(
      { name: "web", namespace: "demo", uid: "p-1" },
      { spec: { serviceAccountName: "bot", nodeName: "n1" } },
    );
    fixture.nodes.put({ name: "n1", uid: "n-1" });
    return fixture;
  }

  it("is told in the user: the pod, and where it runs", async () => {
    const fixture = await withPod();
    const found = await fixture.ask(await fixture.token({ ...POD, uid: "p-1" }));
    expect(found?.user.extra).toMatchObject({
      "authentication.kubernetes.io/pod-name": ["web"],
      "authentication.kubernetes.io/pod-uid": ["p-1"],
      "authentication.kubernetes.io/node-name": ["n1"],
      "authentication.kubernetes.io/node-uid": ["n-1"],
    });
  });

  it("takes the token along when it goes, is replaced, or has been on its way out for long", async () => {
    const fixture = await withPod();
    const token = await fixture.token(POD);
    const pod = fixture.pods.get("web", "demo");
    if (pod === undefined) throw new TypeError("the pod is gone");
    const put = (over: object): void => fixture.pods.put({ ...pod.metadata, ...over }, { spec: pod.spec });
    const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
    expect(await fixture.ask(token)).toBeDefined();
    put({ deletionTimestamp: ago(30) });
    expect(await fixture.ask(token)).toBeDefined();
    put({ deletionTimestamp: ago(62) });
    await expect(fixture.ask(token)).rejects.toThrow("service account token has been invalidated");
    put({ uid: "p-2" });
    await expect(fixture.ask(token)).rejects.toThrow(
      "pod UID (p-2) does not match service account pod ref claim (p-1)",
    );
    fixture.pods.objects.clear();
    await expect(fixture.ask(token)).rejects.toThrow("service account token has been invalidated");
    put({});
    fixture.nodes.objects.clear();
    expect(await fixture.ask(token)).toBeDefined();
  });

  it("may be a secret or a node too", async () => {
    const fixture = await withPod();
    fixture.secrets.put({ name: "s", namespace: "demo", uid: "s-1" });
    const bySecret = await fixture.token({ kind: "Secret", apiVersion: "v1", name: "s" });
    const byNode = await fixture.token({ kind: "Node", apiVersion: "v1", name: "n1" });
    expect(await fixture.ask(bySecret)).toBeDefined();
    expect((await fixture.ask(byNode))?.user.extra).toMatchObject({
      "authentication.kubernetes.io/node-name": ["n1"],
      "authentication.kubernetes.io/node-uid": ["n-1"],
    });
    fixture.secrets.objects.clear();
    fixture.nodes.put({ name: "n1", uid: "n-2" });
    await expect(fixture.ask(bySecret)).rejects.toThrow("service account token has been invalidated");
    await expect(fixture.ask(byNode)).rejects.toThrow("node UID (n-2) does not match");
  });

  it.each([
    [{ ...POD, name: "nope" }, 404, 'pods "nope" not found'],
    [
      { ...POD, uid: "p-0" },
      409,
      'Operation cannot be fulfilled on Pod "web": the UID in the bound object reference (p-0)',
    ],
    [
      { kind: "ConfigMap", apiVersion: "v1", name: "x" },
      400,
      "cannot bind token to object of type /v1, Kind=ConfigMap",
    ],
    [{ kind: "Pod", apiVersion: "apps/v1", name: "web" }, 400, "cannot bind token to object of type apps/v1, Kind=Pod"],
  ])("is refused: %j", async (boundObject, code, message) => {
    const fixture = await withPod();
    await expect(fixture.token(boundObject)).rejects.toMatchObject({
      status: { code, message: expect.stringContaining(message) },
    });
  });

  it("is refused when the pod runs as somebody else", async () => {
    const fixture = await withPod();
    fixture.pods.put({ name: "web", namespace: "demo", uid: "p-1" }, { spec: { serviceAccountName: "root" } });
    await expect(fixture.token(POD)).rejects.toThrow(
      'cannot bind token for serviceaccount "bot" to pod running with different serviceaccount name.',
    );
  });

  it("is looked up in the store when the watch cache has not heard of it yet", async () => {
    const fixture = await new Fixture().started();
    const token = await fixture.token();
    fixture.serviceAccounts.objects.clear();
    await expect(fixture.ask(token)).rejects.toThrow('serviceaccounts "bot" not found');
    fixture.serviceAccounts.put({ name: "bot", namespace: "demo", uid: "u-1" }, {}, fixture.serviceAccounts.unheard);
    expect(await fixture.ask(token)).toBeDefined();
  });

  it("lets tokens of an hour and seven seconds live on, and tells that they should not", async () => {
    const fixture = await withPod();
    const { token, expirationSeconds } = await fixture.issue(POD, [], 3607);
    expect(expirationSeconds).toBe(3607);
    const { exp = 0, iat = 0, "kubernetes.io": kubernetes } = decodeJwt(token);
    expect(exp - iat).toBe(31_536_000);
    expect(kubernetes).toMatchObject({ warnafter: iat + 3607 });
    await fixture.ask(token);
    expect(fixture.logger.text).not.toContain("should have been replaced");
    vi.useFakeTimers({ now: Date.now() + 3_700_000, toFake: ["Date"] });
    try {
      await fixture.ask(token);
      await fixture.ask(token);
    } finally {
      vi.useRealTimers();
    }
    expect(fixture.logger.lines.filter((line) => line.message.includes("should have been replaced"))).toHaveLength(1);
    const told =
      /^authentication\.k8s\.io\/stale-token=subject: system:serviceaccount:demo:bot, seconds after warning threshold: \d+$/;
    expect(fixture.annotations).toEqual([expect.stringMatching(told), expect.stringMatching(told)]);
    const strict = await new Fixture({ extendExpiration: false }).started();
    const plain = decodeJwt(await strict.token(undefined, [], 3607));
    expect((plain.exp ?? 0) - (plain.iat ?? 0)).toBe(3607);
  });
});

it("shortens a time that is longer than the limit, and says so", async () => {
  const fixture = await new Fixture({ maxExpirationSeconds: 3600 }).started();
  const { expirationSeconds, token } = await fixture.issue(undefined, [], 7200);
  expect(expirationSeconds).toBe(3600);
  const { exp = 0, iat = 0 } = decodeJwt(token);
  expect(exp - iat).toBe(3600);
  expect(fixture.logger.text).toContain("requested expiration of 7200 seconds shortened to 3600 seconds");
});

describe("tokens that stand in secrets", () => {
  const legacy = {
    iss: "kubernetes/serviceaccount",
    sub: USER,
    "kubernetes.io/serviceaccount/namespace": "demo",
    "kubernetes.io/serviceaccount/secret.name": "bot-token",
    "kubernetes.io/serviceaccount/service-account.name": "bot",
    "kubernetes.io/serviceaccount/service-account.uid": "u-1",
  };
  const METADATA = { name: "bot-token", namespace: "demo", uid: "s-1" };
  const data = (token: string) => ({ data: { token: Buffer.from(token).toString("base64") } });

  it("are good as long as the secret holds them", async () => {
    const fixture = await new Fixture().started();
    const token = await signed(fixture, legacy);
    await expect(fixture.ask(token)).rejects.toThrow("service account token has been invalidated");
    fixture.secrets.put(METADATA, data(token));
    const found = await fixture.ask(token);
    expect(found).toEqual({
      audiences: [ISSUER],
      user: { name: USER, uid: "u-1", groups: ["system:serviceaccounts", "system:serviceaccounts:demo"] },
    });
    expect(fixture.annotations).toEqual([`authentication.k8s.io/legacy-token=${USER}`]);
    await expect(fixture.ask(token, ["vault"])).rejects.toThrow("is invalid for the target audiences");
    fixture.secrets.put(METADATA, data("another"));
    await expect(fixture.ask(token)).rejects.toThrow("token does not match server's copy");
    fixture.secrets.put(
      { ...METADATA, labels: { "kubernetes.io/legacy-token-invalid-since": "2024-01-01" } },
      data(token),
    );
    await expect(fixture.ask(token)).rejects.toThrow("marked invalid");
  });

  it("need all their claims", async () => {
    const fixture = await new Fixture().started();
    const token = await signed(fixture, { ...legacy, "kubernetes.io/serviceaccount/secret.name": "" });
    await expect(fixture.ask(token)).rejects.toThrow("the claim secret.name is missing");
  });
});

describe("the keys", () => {
  const pemOf = (key: { privateKey: { export(options: object): string | Buffer } }): string =>
    key.privateKey.export({ type: "pkcs8", format: "pem" }).toString();

  it("are made at the first start, for the server's user alone, and stay", async () => {
    const first = await new Fixture().started();
    const file = join(first.paths.data, "service-account.key");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const token = await first.token();
    const second = await new Fixture({}, first.paths.data).started();
    expect(await second.ask(token)).toMatchObject({ user: { name: USER } });
  });

  it("are the same for servers that start at once on one folder", async () => {
    const { data } = new Fixture().paths;
    const [one, two] = await Promise.all([new Fixture({}, data).started(), new Fixture({}, data).started()]);
    expect(await two.ask(await one.token())).toMatchObject({ user: { name: USER } });
  });

  it.each([
    ["P-256", "ES256"],
    ["P-384", "ES384"],
    ["P-521", "ES512"],
  ])("may be EC on %s", async (namedCurve, alg) => {
    const fixture = new Fixture({ signingKeyFile: "sa.pem" });
    writeFileSync(join(fixture.paths.data, "sa.pem"), pemOf(generateKeyPairSync("ec", { namedCurve })));
    await fixture.started();
    const token = await fixture.token();
    expect(decodeProtectedHeader(token).alg).toBe(alg);
    expect(await fixture.ask(token)).toMatchObject({ user: { name: USER } });
  });

  it("may be RSA, for those who know RS256 alone", async () => {
    const fixture = new Fixture({ signingKeyFile: "sa.pem" });
    const pem = pemOf(generateKeyPairSync("rsa", { modulusLength: 2048 }));
    writeFileSync(join(fixture.paths.data, "sa.pem"), pem);
    await fixture.started();
    const token = await fixture.token();
    expect(decodeProtectedHeader(token).alg).toBe("RS256");
    expect(await fixture.ask(token)).toMatchObject({ user: { name: USER } });
    expect((await fixture.answer("/openid/v1/jwks")).body).toMatchObject({ keys: [{ kty: "RSA", alg: "RS256" }] });
  });

  it("change with their files: the former one stays good only as long as it is named", async () => {
    const fixture = new Fixture({ signingKeyFile: "new.pem", keyFiles: ["old.pem"] });
    const path = (name: string): string => join(fixture.paths.data, name);
    const [one, two] = [1, 2].map(() => pemOf(generateKeyPairSync("ec", { namedCurve: "P-256" })));
    writeFileSync(path("new.pem"), one ?? "");
    writeFileSync(path("old.pem"), one ?? "");
    await fixture.started();
    const former = await fixture.token();
    const told = async (name: string, pem: string): Promise<void> => {
      const before = fixture.logger.lines.length;
      writeFileSync(path(name), pem);
      fixture.paths.changed(path(name));
      await vi.waitFor(() => expect(fixture.logger.lines.length).toBeGreaterThan(before), 10_000);
    };
    await told("new.pem", two ?? "");
    const current = await fixture.token();
    expect(await fixture.ask(former)).toBeDefined();
    expect(await fixture.ask(current)).toBeDefined();
    await told("old.pem", "nonsense");
    expect(fixture.logger.text).toContain("old.pem: there is no key in PEM");
    expect(await fixture.ask(former)).toBeDefined();
    await told("old.pem", two ?? "");
    await expect(fixture.ask(former)).rejects.toThrow("invalid signature, no keys found");
    expect(await fixture.ask(current)).toBeDefined();
  });

  it("are watched until the plugin stops", async () => {
    const fixture = new Fixture();
    const unwatch = vi.fn();
    vi.spyOn(fixture.paths, "watch").mockReturnValue(unwatch);
    await fixture.started();
    expect(unwatch).not.toHaveBeenCalled();
    fixture.plugin.stop();
    expect(unwatch).toHaveBeenCalledOnce();
  });

  it.each([
    ["none", "", "there is no private key in PEM"],
    ["a public one", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "there is no private key in PEM"],
    ["garbage", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "the private key cannot be read"],
    ["a small one", pemOf(generateKeyPairSync("rsa", { modulusLength: 1024 })), "needs at least 2048 bits"],
    ["Ed25519", pemOf(generateKeyPairSync("ed25519")), "the key must be RSA, or EC"],
  ])("stop the start when they cannot be used: %s", async (_what, pem, message) => {
    const fixture = new Fixture({ signingKeyFile: "sa.pem" });
    writeFileSync(join(fixture.paths.data, "sa.pem"), pem);
    await expect(fixture.started()).rejects.toThrow(message);
  });

  it("are shown to others, the public halves alone", async () => {
    const fixture = await new Fixture().started();
    const { headers, body } = await fixture.answer("/openid/v1/jwks");
    expect(headers.get("content-type")).toBe("application/jwk-set+json");
    expect(headers.get("cache-control")).toBe("public, max-age=3600");
    const { kid } = decodeProtectedHeader(await fixture.token());
    expect(body).toEqual({
      keys: [{ use: "sig", kty: "EC", kid, alg: "ES256", crv: "P-256", x: expect.any(String), y: expect.any(String) }],
    });
    expect((await fixture.answer("/.well-known/openid-configuration")).body).toEqual({
      issuer: ISSUER,
      jwks_uri: `${ISSUER}/openid/v1/jwks`,
      response_types_supported: ["id_token"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["ES256"],
    });
  });

  it("are not shown for an issuer that cannot be discovered", async () => {
    const fixture = await new Fixture({ issuer: "kubernetes" }).started();
    expect(fixture.routes.handlers.size).toBe(0);
    expect(await fixture.ask(await fixture.token())).toBeDefined();
  });
});
