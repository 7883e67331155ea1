import { authenticationRequest, authenticatorContract } from "@quarterdeck/testing/authenticator-contract";
import { FolderPaths, KeptLogger } from "@quarterdeck/testing/doubles";
import { afterAll, describe, expect, it } from "vitest";
import { issuerKey, scriptedIssuer, signed } from "./issuer.fixture.js";
import { Oidc } from "./oidc.js";

const key = await issuerKey("k1");
const issuer = await scriptedIssuer([key]);
const { url, certificateAuthority } = issuer;
const claims = { iss: url, sub: "ann", aud: "quarterdeck", groups: ["devs"] };
const bearer = (token: string) => authenticationRequest({ headers: { authorization: `Bearer ${token}` } });
const good = await signed(key, claims);
const bad = await Promise.all([
  signed(key, { ...claims, aud: "vault" }),
  signed(key, { ...claims, exp: 1 }),
  signed(await issuerKey("k1"), claims),
  signed(key, { ...claims, iss: "https://elsewhere.example" }),
]);
afterAll(() => issuer.server.stop());

function made(): Oidc {
  const named = { url, certificateAuthority, audiences: ["quarterdeck"] };
  const claimMappings = { username: { claim: "sub", prefix: "" }, groups: { claim: "groups", prefix: "" } };
  return new Oidc({ jwt: [{ issuer: named, claimMappings }] }, new KeptLogger(), new FolderPaths(process.cwd()));
}

authenticatorContract({
  name: "oidc",
  create: made,
  accepts: [{ user: "ann", request: () => bearer(good) }],
  refuses: [...bad, `${good}x`, "opaque"].map((token) => () => bearer(token)),
});

describe("oidc", () => {
  it("answers without waiting when it has seen a token a moment ago, with the same user", async () => {
    const plugin = made();
    await plugin.start();
    const first = await plugin.authenticate(bearer(good));
    const again = plugin.authenticate(bearer(good));
    expect(again).not.toBeInstanceOf(Promise);
    expect(again).toBe(first);
    plugin.stop();
  });

  it("refuses a token that it has refused before, each time", async () => {
    const plugin = made();
    await plugin.start();
    for (let round = 0; round < 3; round++) {
      await expect(plugin.authenticate(bearer(bad[0] ?? ""))).rejects.toThrowError("oidc: verify token");
    }
    plugin.stop();
  });

  it("needs issuers from one place", async () => {
    const start = (options: object) => new Oidc(options, new KeptLogger(), new FolderPaths(process.cwd())).start();
    await expect(start({})).rejects.toThrowError("exactly one of the options jwt and file is needed");
    await expect(start({ jwt: [], file: "a" })).rejects.toThrowError("exactly one of the options jwt and file");
    await expect(start({ file: "/nowhere/a.yaml" })).rejects.toThrowError("ENOENT");
  });
});
