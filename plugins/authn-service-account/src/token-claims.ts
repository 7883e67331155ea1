import { isJsonObject, type JsonValue } from "@quarterdeck/meta";
import { TokenError } from "./token-error.js";

/** The issuer of the tokens that stand in secrets. */
export const LEGACY_ISSUER = "kubernetes/serviceaccount";

/** An object as a token names it. */
export interface ClaimedObject {
  readonly name: string;
  readonly uid: string;
}

/** What a token says of itself, whichever form it has. */
export interface TokenClaims {
  readonly namespace: string;
  readonly serviceAccount: ClaimedObject;
  readonly pod?: ClaimedObject | undefined;
  readonly secret?: ClaimedObject | undefined;
  /** Of a pod's token the node that it ran on, which may have no uid. */
  readonly node?: ClaimedObject | undefined;
  /** The secret that a token without an end stands in. */
  readonly keptIn?: string | undefined;
  readonly id?: string | undefined;
  /** Seconds since 1970; from then on it is told that the token should have been replaced. */
  readonly warnAfter?: number | undefined;
}

type Payload = { readonly [claim: string]: unknown };

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function claimedObject(value: JsonValue | undefined): ClaimedObject | undefined {
  if (!isJsonObject(value)) return undefined;
  return { name: text(value.name), uid: text(value.uid) };
}

function legacyClaims(payload: Payload): TokenClaims {
  const claim = (name: string): string => {
    const value = text(payload[`kubernetes.io/serviceaccount/${name}`]);
    if (value === "") throw new TokenError(`the claim ${name} is missing`);
    return value;
  };
  return {
    namespace: claim("namespace"),
    keptIn: claim("secret.name"),
    serviceAccount: { name: claim("service-account.name"), uid: claim("service-account.uid") },
  };
}

function boundClaims(payload: Payload): TokenClaims {
  const claims = payload["kubernetes.io"];
  if (!isJsonObject(claims)) throw new TokenError("the claim kubernetes.io is missing");
  const serviceAccount = claimedObject(claims.serviceaccount);
  if (serviceAccount === undefined) throw new TokenError("the claim kubernetes.io.serviceaccount is missing");
  return {
    namespace: text(claims.namespace),
    serviceAccount,
    pod: claimedObject(claims.pod),
    secret: claimedObject(claims.secret),
    node: claimedObject(claims.node),
    id: text(payload.jti) || undefined,
    warnAfter: typeof claims.warnafter === "number" ? claims.warnafter : undefined,
  };
}

/** The name of the user that a service account is. */
export function userName(namespace: string, name: string): string {
  return `system:serviceaccount:${namespace}:${name}`;
}

/** Reads the claims of a token whose signature is good. Throws a {@link TokenError} when they are not those of an account. */
export function readClaims(payload: Payload): TokenClaims {
  const claims = payload.iss === LEGACY_ISSUER ? legacyClaims(payload) : boundClaims(payload);
  const { namespace, serviceAccount } = claims;
  if (namespace === "" || serviceAccount.name === "" || serviceAccount.uid === "")
    throw new TokenError("the token names no service account");
  if (payload.sub !== userName(namespace, serviceAccount.name)) throw new TokenError("sub claim is invalid");
  return claims;
}
