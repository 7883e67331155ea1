import { describe, expect, it } from "vitest";
import type { Claims } from "./claims.js";
import { compileRules } from "./compiled-rules.js";
import type { JwtAuthenticator } from "./jwt-authenticator.js";
import { userOfClaims } from "./user-of-claims.js";

async function user(claims: Claims, changes: Partial<JwtAuthenticator> = {}) {
  const authenticator: JwtAuthenticator = {
    issuer: { url: "https://issuer.example", audiences: ["quarterdeck"] },
    claimMappings: { username: { claim: "sub", prefix: "p:" }, groups: { claim: "groups", prefix: "g:" } },
    ...changes,
  };
  const problems: string[] = [];
  const rules = await compileRules(authenticator, "jwt[0]", problems);
  expect(problems).toEqual([]);
  return userOfClaims(claims, authenticator, rules);
}

const username = (mapping: object) => ({ claimMappings: { username: mapping } });

describe("userOfClaims", () => {
  it("puts prefixes before names and groups", async () => {
    expect(await user({ sub: "ann", groups: ["a", "b"] })).toEqual({ name: "p:ann", groups: ["g:a", "g:b"] });
    expect(await user({ sub: "ann", groups: "a" })).toEqual({ name: "p:ann", groups: ["g:a"] });
    expect(await user({ sub: "ann" })).toEqual({ name: "p:ann", groups: [] });
  });

  it("takes an email only when it is not known to be unverified", async () => {
    const mapping = username({ claim: "email", prefix: "" });
    expect(await user({ email: "a@b.c" }, mapping)).toMatchObject({ name: "a@b.c" });
    expect(await user({ email: "a@b.c", email_verified: true }, mapping)).toMatchObject({ name: "a@b.c" });
    for (const email_verified of [false, "true", null, 1]) {
      await expect(user({ email: "a@b.c", email_verified }, mapping)).rejects.toThrowError("oidc: email not verified");
    }
  });

  it.each<[Claims, string]>([
    [{}, 'oidc: parse username claims "sub": claim not present'],
    [{ sub: 7 }, 'oidc: parse username claims "sub": not a string'],
    [{ sub: "" }, "oidc: empty username is not allowed"],
    [{ sub: "ann", groups: [1] }, 'oidc: parse groups claim "groups": not a list of strings'],
    [{ sub: "ann", groups: { a: "b" } }, 'oidc: parse groups claim "groups": not a list of strings'],
  ])("refuses %j", async (claims, problem) => {
    await expect(user(claims)).rejects.toThrowError(problem);
  });

  it.each<[string, readonly string[]]>([
    ["claims.list", ["a", "b"]],
    ["claims.text", ["a"]],
    ["''", []],
    ["[]", []],
    ["['', 'a']", ["a"]],
    ["null", []],
  ])("takes groups of %s", async (expression, groups) => {
    const claimMappings = { username: { claim: "sub", prefix: "" }, groups: { expression } };
    expect((await user({ sub: "ann", list: ["a", "b"], text: "a" }, { claimMappings })).groups).toEqual(groups);
  });

  it.each(["1", "[1]", "{'a': 'b'}", "claims.?sub"])("refuses groups of %s", async (expression) => {
    const claimMappings = { username: { claim: "sub", prefix: "" }, groups: { expression } };
    await expect(user({ sub: "ann" }, { claimMappings })).rejects.toThrowError("oidc: error evaluating group claim");
  });

  it("asks for required claims word by word, and does not repeat what a token claims", async () => {
    const rules = { claimValidationRules: [{ claim: "tenant", requiredValue: "blue" }] };
    expect(await user({ sub: "ann", tenant: "blue" }, rules)).toMatchObject({ name: "p:ann" });
    await expect(user({ sub: "ann" }, rules)).rejects.toThrowError("required claim tenant not present in ID token");
    const other = user({ sub: "ann", tenant: "red-secret" }, rules);
    await expect(other).rejects.toThrowError("required claim tenant value does not match. want = blue");
    await expect(other).rejects.not.toThrowError("red-secret");
    await expect(user({ sub: "ann", tenant: ["blue"] }, rules)).rejects.toThrowError("does not match");
  });

  it("refuses when a rule is false, is no boolean or cannot be evaluated", async () => {
    const rule = (expression: string) => ({ claimValidationRules: [{ expression, message: "not today" }] });
    expect(await user({ sub: "ann" }, rule("claims.sub == 'ann'"))).toMatchObject({ name: "p:ann" });
    await expect(user({ sub: "bob" }, rule("claims.sub == 'ann'"))).rejects.toThrowError(
      "validation expression 'claims.sub == 'ann'' failed: not today",
    );
    await expect(user({ sub: "ann" }, rule("claims.sub"))).rejects.toThrowError("must return a boolean");
    await expect(user({ sub: "ann" }, rule("claims.gone"))).rejects.toThrowError("field not found: gone");
  });

  it("shows rules over the user what was mapped", async () => {
    const expression = "user.username == 'p:ann' && user.groups == ['g:a'] && user.uid == '' && user.extra == {}";
    const rules = { userValidationRules: [{ expression }] };
    expect(await user({ sub: "ann", groups: ["a"] }, rules)).toMatchObject({ name: "p:ann" });
  });
});
