import { describe, expect, it } from "vitest";
import { checkClaims } from "./check-claims.js";
import { issuerOf, unverifiedClaims } from "./jwt-parts.js";

describe("checkClaims", () => {
  const good = { aud: "a", exp: 1000 };
  it("takes a token in force for one of the audiences", () => {
    expect(checkClaims(good, ["b", "a"], 1000)).toBeUndefined();
    expect(checkClaims({ ...good, aud: ["x", "a"], nbf: 1060 }, ["a"], 1000)).toBeUndefined();
  });

  it.each([
    [{ ...good, aud: "b" }, "expected audience"],
    [{ ...good, aud: { a: true } }, "expected audience"],
    [{ exp: 1000 }, "expected audience"],
    [{ ...good, exp: 999 }, "token is expired"],
    [{ ...good, exp: "2000" }, "the token has no end"],
    [{ aud: "a" }, "the token has no end"],
    [{ ...good, nbf: 1061 }, "before the nbf"],
    [{ ...good, nbf: "0" }, "nbf is not a number"],
  ])("refuses %j", (claims, problem) => {
    expect(() => checkClaims(claims, ["a"], 1000)).toThrowError(problem);
  });
});

describe("unverifiedClaims", () => {
  const token = (payload: unknown) => `e30.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.c2ln`;

  it("reads what a token claims, and nothing from what is no token", () => {
    expect(unverifiedClaims(token({ iss: "a" }))).toEqual({ iss: "a" });
    for (const bad of ["", "a.b", "a.b.c.d", "e30.e30", "opaque", '{"a":1}', token([]), token(null), "e30.!!.c2ln"]) {
      expect(unverifiedClaims(bad)).toBeUndefined();
    }
    expect(unverifiedClaims(token({ iss: "a".repeat(70_000) }))).toBeUndefined();
  });

  it("knows Google's old name of itself", () => {
    expect(issuerOf({ iss: "accounts.google.com" })).toBe("https://accounts.google.com");
    expect(issuerOf({ iss: 7 })).toBeUndefined();
  });
});
