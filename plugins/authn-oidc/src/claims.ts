import type { CelValue } from "@quarterdeck/cel";
import { RejectedTokenError } from "./rejected-token-error.js";

/** What a token claims; numbers are doubles, as upstream hands them to expressions. */
export interface Claims {
  readonly [name: string]: CelValue;
}

function isClaims(value: unknown): value is Claims {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The claims of a JWT's payload. */
export function parseClaims(payload: Uint8Array): Claims {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  } catch {
    throw new RejectedTokenError("parse claims: the payload is not JSON");
  }
  if (!isClaims(value)) throw new RejectedTokenError("parse claims: the payload is not an object");
  return value;
}

/** A claim by name; undefined when it is absent. Names like those of Object's own members are names like others. */
export function claimOf(claims: Claims, name: string): CelValue | undefined {
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}
