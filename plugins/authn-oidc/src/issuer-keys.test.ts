import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DISCOVERY, type IssuerKey, issuerKey, type ScriptedIssuer, scriptedIssuer, signed } from "./issuer.fixture.js";
import { IssuerKeys } from "./issuer-keys.js";
import { verifySignature } from "./verify-signature.js";

let first: IssuerKey;
let issuer: ScriptedIssuer;
let failures: string[];
let now: number;
let keys: IssuerKeys;
beforeEach(async () => {
  first = await issuerKey("k1");
  issuer = await scriptedIssuer([first]);
  failures = [];
  now = 0;
  keys = made();
});
afterEach(async () => {
  keys.stop();
  await issuer.server.stop();
});

function made(changes: object = {}): IssuerKeys {
  const { url, certificateAuthority } = issuer;
  const named = { url, certificateAuthority, audiences: ["a"], ...changes };
  return new IssuerKeys(
    named,
    (error) => failures.push(error instanceof Error ? error.message : String(error)),
    () => now,
  );
}

describe("IssuerKeys", () => {
  it("asks an issuer once for all who come at the same time, and not again for known keys", async () => {
    const token = await signed(first, { sub: "ann" });
    await Promise.all(Array.from({ length: 10 }, () => verifySignature(token, keys)));
    await verifySignature(token, keys);
    expect(issuer.asked).toEqual([DISCOVERY, "/keys"]);
  });

  it("asks again for an unknown key, but at most every few seconds whoever makes keys up", async () => {
    const stranger = await issuerKey("made-up");
    await verifySignature(await signed(first, {}), keys);
    for (let round = 0; round < 5; round++) {
      await expect(verifySignature(await signed(stranger, {}, `made-up-${round}`), keys)).rejects.toThrowError(
        "no applicable key",
      );
    }
    expect(issuer.asked.length).toBe(2);
    now = 6_000;
    await expect(verifySignature(await signed(stranger, {}), keys)).rejects.toThrowError("no applicable key");
    expect(issuer.asked.length).toBe(4);
  });

  it("takes a key that the issuer has added, and keeps none that it has withdrawn", async () => {
    const old = await signed(first, {});
    await verifySignature(old, keys);
    const second = await issuerKey("k2");
    issuer.publish([second]);
    now = 6_000;
    await verifySignature(await signed(second, {}), keys);
    await expect(verifySignature(old, keys)).rejects.toThrowError("no applicable key");
  });

  it("looks for withdrawn keys beside the use of old ones", async () => {
    const old = await signed(first, {});
    await verifySignature(old, keys);
    issuer.publish([await issuerKey("k2")]);
    now = 700_000;
    await verifySignature(old, keys);
    await expect
      .poll(() =>
        verifySignature(old, keys).then(
          () => "good",
          () => "withdrawn",
        ),
      )
      .toBe("withdrawn");
  });

  it("keeps the keys while the issuer is down", async () => {
    const token = await signed(first, {});
    await verifySignature(token, keys);
    await issuer.server.pause();
    now = 700_000;
    await verifySignature(token, keys);
    await expect.poll(() => failures.length).toBe(1);
    await verifySignature(token, keys);
  });

  it.each<[string, string, (issuer: ScriptedIssuer) => void]>([
    [
      "a document of another issuer",
      "names another issuer",
      (one) => one.answer(DISCOVERY, { json: { issuer: "https://other.example", jwks_uri: `${one.url}/keys` } }),
    ],
    [
      "keys without TLS",
      "is not an https URL",
      (one) => one.answer(DISCOVERY, { json: { issuer: one.url, jwks_uri: "http://127.0.0.1/keys" } }),
    ],
    ["no place of keys", "is not an https URL", (one) => one.answer(DISCOVERY, { json: { issuer: one.url } })],
    [
      "a redirect",
      "answered with 302",
      (one) => one.answer(DISCOVERY, { json: {}, status: 302, headers: { location: `${one.url}/else` } }),
    ],
    ["a list", "the answer is not an object", (one) => one.answer(DISCOVERY, { json: [] })],
    ["keys that are none", "no JSON web key set", (one) => one.answer("/keys", { json: { keys: "none" } })],
    [
      "an answer without end",
      "longer than 1 MiB",
      (one) => one.answer("/keys", { json: { keys: [], more: "x".repeat(2_000_000) } }),
    ],
    ["a connection that is cut", "socket hang up", (one) => one.answer("/keys", "reset")],
  ])("does not take %s for keys", async (_name, problem, script) => {
    script(issuer);
    const token = await signed(first, {});
    await expect(verifySignature(token, keys)).rejects.toThrowError("oidc: authenticator not initialized");
    expect(failures.join()).toContain(problem);
  });

  it("asks for the document where it is said to be", async () => {
    issuer.answer("/inside", { json: { issuer: "https://issuer.example", jwks_uri: `${issuer.url}/keys` } });
    const inside = made({ url: "https://issuer.example", discoveryURL: `${issuer.url}/inside` });
    await verifySignature(await signed(first, {}), inside);
    expect(issuer.asked).toEqual(["/inside", "/keys"]);
    inside.stop();
  });

  it("never takes a symmetric key that an issuer publishes", async () => {
    const secret = Buffer.from("secret-secret-secret-secret-secret");
    issuer.answer("/keys", {
      json: { keys: [{ kty: "oct", k: secret.toString("base64url"), kid: "k1", alg: "HS256" }] },
    });
    const { SignJWT } = await import("jose");
    const token = await new SignJWT({}).setProtectedHeader({ alg: "HS256", kid: "k1" }).sign(secret);
    await expect(verifySignature(token, keys)).rejects.toThrowError(
      '"alg" (Algorithm) Header Parameter value not allowed',
    );
  });
});
