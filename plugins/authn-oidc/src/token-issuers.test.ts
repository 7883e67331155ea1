import { KeptLogger } from "@quarterdeck/testing/doubles";
import { describe, expect, it } from "vitest";
import { ConfigurationError } from "./configuration-error.js";
import type { JwtAuthenticator } from "./jwt-authenticator.js";
import { TokenIssuers } from "./token-issuers.js";

const GOOD: JwtAuthenticator = {
  issuer: { url: "https://issuer.example", audiences: ["quarterdeck"] },
  claimMappings: { username: { claim: "sub", prefix: "" } },
};

async function problems(...list: readonly object[]): Promise<readonly string[]> {
  const merged = list.map((one) => ({ ...GOOD, ...one }));
  try {
    await TokenIssuers.make(merged, "test", new KeptLogger());
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

const issuer = (changes: object) => ({ issuer: { ...GOOD.issuer, ...changes } });
const mappings = (changes: object) => ({ claimMappings: { ...GOOD.claimMappings, ...changes } });

describe("TokenIssuers", () => {
  it("takes what upstream takes", async () => {
    expect(await problems({})).toEqual([]);
    expect(await problems(issuer({ audiences: ["a", "b"], audienceMatchPolicy: "MatchAny" }))).toEqual([]);
    expect(await problems(issuer({ discoveryURL: "https://inside.example/openid" }))).toEqual([]);
    expect(await problems()).toEqual([]);
  });

  it.each<[object, string]>([
    [issuer({ url: "http://issuer.example" }), "URL scheme must be https"],
    [issuer({ url: "https://ann:pw@issuer.example" }), "URL must not contain a username or password"],
    [issuer({ url: "https://issuer.example?a=b" }), "URL must not contain a query"],
    [issuer({ url: "https://issuer.example#a" }), "URL must not contain a fragment"],
    [issuer({ url: "issuer" }), "not a URL"],
    [issuer({ url: "" }), "jwt[0].issuer.url: Required value"],
    [issuer({ discoveryURL: "https://issuer.example/" }), "discoveryURL must be different from URL"],
    [issuer({ audiences: [] }), "at least one"],
    [issuer({ audiences: [""] }), "jwt[0].issuer.audiences[0]: Required value"],
    [issuer({ audiences: ["a", "a"], audienceMatchPolicy: "MatchAny" }), 'audiences[1]: Duplicate value: "a"'],
    [issuer({ audiences: ["a", "b"] }), "audienceMatchPolicy must be MatchAny for multiple audiences"],
    [issuer({ audienceMatchPolicy: "MatchAll" }), "audienceMatchPolicy must be empty or MatchAny for single audience"],
    [issuer({ certificateAuthority: "no PEM" }), "data does not contain a valid certificate"],
    [mappings({ username: {} }), "jwt[0].claimMappings.username: Required value: claim or expression is required"],
    [mappings({ username: { claim: "sub" } }), "prefix is required when claim is set"],
    [mappings({ username: { claim: "sub", expression: "claims.sub" } }), "claim and expression can't both be set"],
    [mappings({ username: { prefix: "a", expression: "claims.sub" } }), "may not be specified when expression is set"],
    [mappings({ username: { expression: "claims.email" } }), "claims.email_verified must be used"],
    [mappings({ username: { expression: "user.name" } }), "compilation failed: 1:1: undeclared reference to 'user'"],
    [mappings({ groups: { claim: "groups" } }), "jwt[0].claimMappings.groups.prefix: Required value"],
    [mappings({ uid: { claim: "a", expression: "claims.a" } }), "claimMappings.uid: claim and expression can't both"],
    [mappings({ extra: [{ key: "team", valueExpression: "claims.team" }] }), "must be a domain-prefixed path"],
    [mappings({ extra: [{ key: "example.com/Team", valueExpression: "claims.team" }] }), "must be lowercase"],
    [mappings({ extra: [{ key: "x.k8s.io/a", valueExpression: "claims.a" }] }), "reserved for Kubernetes use"],
    [mappings({ extra: [{ key: "a.io/a", valueExpression: "" }] }), "valueExpression: Required value"],
    [{ claimValidationRules: [{}] }, "claim or expression is required"],
    [{ claimValidationRules: [{ claim: "a", expression: "true" }] }, "claim and expression can't both be set"],
    [{ claimValidationRules: [{ claim: "a", message: "b" }] }, "message: may not be specified when claim is set"],
    [{ claimValidationRules: [{ expression: "true", requiredValue: "b" }] }, "requiredValue: may not be specified"],
    [{ claimValidationRules: [{ claim: "a" }, { claim: "a" }] }, 'claimValidationRules[1].claim: Duplicate value: "a"'],
    [{ claimValidationRules: [{ expression: "claims.a ==" }] }, "claimValidationRules[0].expression: Invalid value"],
    [{ userValidationRules: [{ expression: "" }] }, "userValidationRules[0].expression: Required value"],
    [{ userValidationRules: [{ expression: "claims.a" }] }, "undeclared reference to 'claims'"],
  ])("refuses %j", async (changes, problem) => {
    expect((await problems(changes)).join("\n")).toContain(problem);
  });

  it("does not show a password that stands in a URL", async () => {
    expect((await problems(issuer({ url: "https://ann:secret@issuer.example" }))).join()).not.toContain("secret");
  });

  it("refuses an issuer that stands twice, and more than 64", async () => {
    expect(await problems({}, {})).toEqual(['jwt[1].issuer.url: Duplicate value: "https://issuer.example"']);
    expect((await problems(...Array.from({ length: 65 }, () => ({})))).join()).toContain("at most 64 items");
  });

  it("lets an expression over the email stand when any rule looks at whether it is verified", async () => {
    const username = { expression: "claims.email" };
    const rule = { claimValidationRules: [{ expression: "claims.?email_verified.orValue(true)" }] };
    expect(await problems({ ...mappings({ username }), ...rule })).toEqual([]);
  });
});
