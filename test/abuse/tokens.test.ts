import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { KubeObject } from "@quarterdeck/meta";
import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { decodeProtectedHeader, type JWTPayload, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RawConnection } from "../integration/support/raw-connection.js";
import { rawTarget } from "../integration/support/raw-target.js";
import { FLAG, FRAME, frame, headerBlock } from "./h2-frame.js";
import { H2Peer } from "./h2-peer.js";

const DEFAULT = "/api/v1/namespaces/default";
const ISSUER = "https://kubernetes.default.svc";
const ACCOUNT = "system:serviceaccount:default:bot";
const STATIC = "31ada4fd-adec-460c-809a-9e56ceb75269";

describe("tokens that must not pass, over TLS", () => {
  let server: TestServer;
  let good: string;
  let uid: string | undefined;
  let own: KeyObject;
  const sent = new Set<string>();

  beforeAll(async () => {
    server = await startTestServer();
    writeFileSync(join(server.data, "tokens.csv"), `${STATIC},ann,7\n`);
    // RSA: more can be tried with it than with the server's own kind of key.
    own = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const keyFile = join(server.data, "rsa.pem");
    writeFileSync(keyFile, own.export({ type: "pkcs8", format: "pem" }));
    await server.reload({
      authentication: [
        "client-certificate",
        ["service-account", { signingKeyFile: keyFile }],
        ["token-file", { path: join(server.data, "tokens.csv") }],
        "anonymous",
      ],
      // Whoever is taken for anybody may do everything, so that each mistake shows.
      authorization: ["always-allow"],
    });
    const object = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "bot" } };
    const account = await post(`${DEFAULT}/serviceaccounts`, object);
    uid = account.metadata.uid;
    const request = await post<KubeObject & { status: { token: string } }>(`${DEFAULT}/serviceaccounts/bot/token`, {});
    good = request.status.token;
  });
  afterAll(() => server.stop());

  async function post<T extends KubeObject>(path: string, body: object): Promise<T> {
    const answer = await server.request(path, { method: "POST", body });
    expect(answer.status).toBe(201);
    return answer.json<T>();
  }

  async function status(token: string, http: 1 | 2 = 2): Promise<number> {
    sent.add(token);
    const answer = await server.request("/api/v1/namespaces", { as: { token }, http });
    if (token.length > 20) expect(answer.text()).not.toContain(token.slice(-20));
    return answer.status;
  }

  function claims(over: object = {}): JWTPayload {
    const now = Math.floor(Date.now() / 1000);
    const kubernetes = { namespace: "default", serviceaccount: { name: "bot", uid } };
    return {
      iss: ISSUER,
      aud: [ISSUER],
      sub: ACCOUNT,
      iat: now,
      nbf: now,
      exp: now + 600,
      "kubernetes.io": kubernetes,
      ...over,
    };
  }

  function sign(
    over: object = {},
    header: { alg?: string; kid?: string } = {},
    key: KeyObject | Buffer = own,
  ): Promise<string> {
    const { kid = "" } = decodeProtectedHeader(good);
    return new SignJWT(claims(over)).setProtectedHeader({ alg: "RS256", kid, ...header }).sign(key);
  }

  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const ago = (seconds: number): number => Math.floor(Date.now() / 1000) - seconds;
  const spki = (): Buffer => Buffer.from(createPublicKey(own).export({ type: "spki", format: "pem" }));
  const der = (): Buffer => createPublicKey(own).export({ type: "spki", format: "der" });
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const curve = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const parts = (): [string, string, string] => {
    const [head = "", body = "", signature = ""] = good.split(".");
    return [head, body, signature];
  };

  it("would pass if they were good", async () => {
    expect(await status(good)).toBe(200);
    expect(await status(await sign())).toBe(200);
    expect(await status(STATIC)).toBe(200);
  });

  const FORGED: [string, () => string | Promise<string>][] = [
    ["the algorithm none", () => `${encode({ alg: "none" })}.${parts()[1]}.`],
    ["the algorithm none, written otherwise", () => `${encode({ alg: "nOnE", ...kid() })}.${parts()[1]}.`],
    ["none, with a signature that is left", () => `${encode({ alg: "none", ...kid() })}.${parts()[1]}.${parts()[2]}`],
    ["HS256 with the public key as the secret", () => sign({}, { alg: "HS256" }, spki())],
    ["HS256 with its bytes as the secret", () => sign({}, { alg: "HS256" }, der())],
    ["PS256 with the right key", () => sign({}, { alg: "PS256" })],
    ["RS512 with the right key", () => sign({}, { alg: "RS512" })],
    ["another key under our id", () => sign({}, {}, other)],
    ["another kind of key under our id", () => sign({}, { alg: "ES256" }, curve)],
    ["another key under its own id", () => sign({}, { kid: "other" }, other)],
    ["the right key under another id", () => sign({}, { kid: "other" })],
    ["an id that is a path", () => sign({}, { kid: "../../../../dev/null" }, other)],
    ["a key that it brings along", () => bring({ jwk: createPublicKey(other).export({ format: "jwk" }) })],
    ["a place where its key is", () => bring({ jku: "https://evil.example.com/jwks" })],
    ["an extension that nobody understands", () => bring({ crit: ["b64"], b64: false }, own)],
    ["another audience", () => sign({ aud: ["vault"] })],
    ["an audience that holds ours", () => sign({ aud: [`${ISSUER}.evil.example.com`] })],
    ["another issuer", () => sign({ iss: "https://evil.example.com" })],
    ["no issuer", () => sign({ iss: undefined })],
    ["a time that is over", () => sign({ exp: ago(120) })],
    ["a time to come", () => sign({ nbf: ago(-300) })],
    ["a birth to come", () => sign({ iat: ago(-300) })],
    ["no end", () => sign({ exp: undefined })],
    ["an end that is no number", () => sign({ exp: "never" })],
    ["another subject than its account", () => sign({ sub: "system:serviceaccount:kube-system:root" })],
    [
      "an account that is not there",
      () => sign({ "kubernetes.io": { namespace: "default", serviceaccount: { name: "x", uid } } }),
    ],
    ["no uid", () => sign({ "kubernetes.io": { namespace: "default", serviceaccount: { name: "bot" } } })],
    ["the form of a secret's token, without the secret", () => sign(legacy())],
    ["a cut signature", () => good.slice(0, -6)],
    ["no signature", () => `${parts()[0]}.${parts()[1]}.`],
    ["a flipped bit in the claims", () => `${parts()[0]}.${flip(parts()[1])}.${parts()[2]}`],
    ["five parts", () => `${good}.x.y`],
    ["half of itself", () => good.slice(0, good.length / 2)],
    ["nothing but dots", () => ".."],
    ["a static token with more behind it", () => `${STATIC}0`],
    ["a static token with less", () => STATIC.slice(0, -1)],
    ["a static token in capitals", () => STATIC.toUpperCase()],
  ];

  const kid = (): object => ({ kid: decodeProtectedHeader(good).kid });
  const flip = (text: string): string => `${text.slice(0, 40)}${text[40] === "A" ? "B" : "A"}${text.slice(41)}`;
  const legacy = (): object => ({
    iss: "kubernetes/serviceaccount",
    aud: undefined,
    exp: undefined,
    "kubernetes.io/serviceaccount/namespace": "default",
    "kubernetes.io/serviceaccount/secret.name": "bot-token",
    "kubernetes.io/serviceaccount/service-account.name": "bot",
    "kubernetes.io/serviceaccount/service-account.uid": uid,
  });

  /** Signed with another key, or ours, under a header that says more than it should. */
  async function bring(header: object, key: KeyObject = other): Promise<string> {
    const [, body, signature] = (await sign({}, {}, key)).split(".");
    const head = encode({ alg: "RS256", ...kid(), ...header });
    return `${head}.${body}.${signature}`;
  }

  it.each(FORGED)("%s", async (_what, make) => {
    const token = await make();
    for (const http of [1, 2] as const) expect(await status(token, http)).toBe(401);
  });

  it("too long for a header, or for a review", async () => {
    const long = await sign({ pad: "x".repeat(60_000) });
    expect([401, 431]).toContain(await status(long, 1).catch(() => 431));
    const review = { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token: long } };
    const { status: found } = await post<KubeObject & { status: object }>(
      "/apis/authentication.k8s.io/v1/tokenreviews",
      review,
    );
    expect(found).toEqual({ user: {}, error: expect.any(String) });
    expect(await status(good)).toBe(200);
  });

  it.each([
    ["a good one first", () => [good, "bad"], `"username":"${ACCOUNT}"`],
    ["a bad one first", () => ["bad", good], "401 Unauthorized"],
    ["another's first", () => [STATIC, good], '"username":"ann"'],
  ] as const)("two headers count as the first of them: %s", async (_what, tokens, expected) => {
    const { port, ca } = rawTarget(server);
    const connection = await RawConnection.open({ port, ca });
    const lines = tokens().map((token) => `Authorization: Bearer ${token}\r\n`);
    const head = `Host: x\r\n${lines.join("")}Connection: close\r\nContent-Length: 2\r\n\r\n`;
    connection.write(`POST /apis/authentication.k8s.io/v1/selfsubjectreviews HTTP/1.1\r\n${head}{}`);
    expect(await connection.end()).toContain(expected);
  });

  it.each([
    ["a good one first", () => [good, "bad"], `"username":"${ACCOUNT}"`],
    ["a bad one first", () => ["bad", good], '"reason":"Unauthorized"'],
    ["another's first", () => [STATIC, good], '"username":"ann"'],
  ] as const)("nor is it otherwise over HTTP/2: %s", async (_what, tokens, expected) => {
    const { port, ca } = rawTarget(server);
    const peer = await H2Peer.open({ port, ca });
    const fields = tokens().map((token) => ["authorization", `Bearer ${token}`] as const);
    const block = headerBlock([
      [":method", "POST"],
      [":scheme", "https"],
      [":authority", "x"],
      [":path", "/apis/authentication.k8s.io/v1/selfsubjectreviews"],
      ...fields,
    ]);
    peer.send(frame(FRAME.headers, FLAG.endHeaders, 1, block), frame(FRAME.data, FLAG.endStream, 1, Buffer.from("{}")));
    await peer.until(({ type, flags }) => type === FRAME.data && (flags & FLAG.endStream) !== 0);
    const data = peer.frames.filter(({ type }) => type === FRAME.data).map(({ payload }) => payload);
    expect(Buffer.concat(data).toString()).toContain(expected);
    peer.close();
  });

  it.each(["bearer", "BEARER"])("the scheme is read in any case: %s", async (scheme) => {
    const headers = { authorization: `${scheme} ${good}` };
    expect((await server.request("/api/v1/namespaces", { headers, as: "anonymous" })).status).toBe(200);
  });

  it("leave no trace: not in logs, not in metrics", async () => {
    const metrics = (await server.request("/metrics")).text();
    const logs = JSON.stringify(server.logs);
    expect(logs).toContain("unable to authenticate the request");
    for (const token of [...sent].filter(({ length }) => length > 20)) {
      expect(logs).not.toContain(token.slice(-20));
      expect(metrics).not.toContain(token.slice(-20));
    }
    for (const secret of [STATIC, readFileSync(join(server.data, "rsa.pem"), "utf8").slice(60, 120)]) {
      expect(logs).not.toContain(secret);
      expect(metrics).not.toContain(secret);
    }
  });
});
