import { type CelBindings, CelExpressionError, type CelProgram, type CelValue } from "@quarterdeck/cel";
import type { UserInfo } from "@quarterdeck/meta";
import { type Claims, claimOf } from "./claims.js";
import type { CompiledRule, CompiledRules } from "./compiled-rules.js";
import type { ClaimMappings, JwtAuthenticator } from "./jwt-authenticator.js";
import { RejectedTokenError } from "./rejected-token-error.js";
import { stringList } from "./string-list.js";

function evaluate(program: CelProgram, bindings: CelBindings, what: string): CelValue {
  try {
    return program.evaluate(bindings);
  } catch (error) {
    if (!(error instanceof CelExpressionError)) throw error;
    throw new RejectedTokenError(`error evaluating ${what}: ${error.message}`, { cause: error });
  }
}

function evaluateText(program: CelProgram, claims: Claims, what: string): string {
  const value = evaluate(program, { claims }, `${what} claim expression`);
  if (typeof value === "string") return value;
  throw new RejectedTokenError(
    `error evaluating ${what} claim expression: ${what} claim expression must return a string`,
  );
}

function textClaim(claims: Claims, name: string, what: string): string {
  const value = claimOf(claims, name);
  if (value === undefined)
    throw new RejectedTokenError(`parse ${what} claims ${JSON.stringify(name)}: claim not present`);
  if (typeof value !== "string")
    throw new RejectedTokenError(`parse ${what} claims ${JSON.stringify(name)}: not a string`);
  return value;
}

function usernameOf(claims: Claims, { username }: ClaimMappings, program: CelProgram | undefined): string {
  if (program !== undefined) {
    const name = evaluateText(program, claims, "username");
    if (name === "") throw new RejectedTokenError("empty username via CEL expression is not allowed");
    return name;
  }
  const { claim = "", prefix = "" } = username;
  const name = textClaim(claims, claim, "username");
  if (name === "") throw new RejectedTokenError("empty username is not allowed");
  const verified = claim === "email" ? claimOf(claims, "email_verified") : undefined;
  if (verified !== undefined && verified !== true) throw new RejectedTokenError("email not verified");
  return prefix + name;
}

function groupsOf(claims: Claims, { groups = {} }: ClaimMappings, program: CelProgram | undefined): readonly string[] {
  if (program !== undefined)
    return stringList(evaluate(program, { claims }, "group claim expression"), "group claim expression");
  const { claim = "", prefix = "" } = groups;
  const value = claim === "" ? undefined : claimOf(claims, claim);
  if (value === undefined) return [];
  // One group alone is often a text.
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.map((item) => {
    if (typeof item === "string") return prefix + item;
    throw new RejectedTokenError(`parse groups claim ${JSON.stringify(claim)}: not a list of strings`);
  });
}

function uidOf(claims: Claims, { uid = {} }: ClaimMappings, program: CelProgram | undefined): string {
  if (program !== undefined) return evaluateText(program, claims, "uid");
  const { claim = "" } = uid;
  return claim === "" ? "" : textClaim(claims, claim, "uid");
}

function extraOf(claims: Claims, rules: CompiledRules): ReadonlyMap<string, readonly string[]> {
  const extra = new Map<string, readonly string[]>();
  const { jti } = claims;
  if (typeof jti === "string" && jti !== "") extra.set("authentication.kubernetes.io/credential-id", [`JTI=${jti}`]);
  for (const { key, program } of rules.extra) {
    const values = stringList(evaluate(program, { claims }, "extra claim expression"), `extra claim expression ${key}`);
    if (values.length > 0) extra.set(key, values);
  }
  return extra;
}

function checkRules(rules: readonly CompiledRule[], bindings: CelBindings, what: string): void {
  for (const { program, message } of rules) {
    const value = evaluate(program, bindings, what);
    if (value === true) continue;
    const problem =
      value === false
        ? `validation expression '${program.expression}' failed: ${message}`
        : "validation expression must return a boolean";
    throw new RejectedTokenError(`error evaluating ${what}: ${problem}`);
  }
}

/** The user whom verified claims make; throws a {@link RejectedTokenError} when a rule is against it. */
export function userOfClaims(claims: Claims, authenticator: JwtAuthenticator, rules: CompiledRules): UserInfo {
  const { claimMappings, claimValidationRules = [] } = authenticator;
  const name = usernameOf(claims, claimMappings, rules.username);
  const groups = groupsOf(claims, claimMappings, rules.groups);
  const uid = uidOf(claims, claimMappings, rules.uid);
  const extra = Object.fromEntries(extraOf(claims, rules));
  for (const { claim = "", requiredValue = "" } of claimValidationRules) {
    if (claim === "") continue;
    const value = claimOf(claims, claim);
    if (value === undefined) throw new RejectedTokenError(`required claim ${claim} not present in ID token`);
    if (value !== requiredValue) {
      throw new RejectedTokenError(`required claim ${claim} value does not match. want = ${requiredValue}`);
    }
  }
  checkRules(rules.claims, { claims }, "claim validation expression");
  checkRules(rules.user, { user: { username: name, uid, groups, extra } }, "user info validation rule");
  return {
    name,
    ...(uid === "" ? {} : { uid }),
    groups,
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}
