import type { JsonValue } from "@quarterdeck/meta";
import { isJsonObject, StatusError } from "@quarterdeck/meta";
import type { KeySpace } from "./key-space.js";

const VERSION = "meta.k8s.io/v1";
const NOT_BASE64URL = /[^A-Za-z0-9_-]/;
const EXPIRED =
  "The provided continue parameter is too old to display a consistent list result. You can start a new list without " +
  "the continue parameter, or use the continue token in this response to retrieve the remainder of the results. " +
  "Continuing with the provided token results in an inconsistent list - objects that were created, modified, or " +
  "deleted between the time the first chunk was returned and now may show up in the list.";

/** Where a list goes on. */
export interface ContinuePosition {
  /** The last key that was sent. */
  readonly after: string;
  /** The revision of the list; negative to go on with the newest state, as after {@link continueExpired}. */
  readonly revision: number;
}

/** Names the place behind `lastKey` in a list of `scope` at a revision; upstream's token, byte for byte. */
export function encodeContinue(lastKey: string, scope: string, revision: number): string {
  const start = `/${lastKey.slice(scope.length)}\u0000`;
  // Go's encoder writes NUL as \u0000 too.
  return Buffer.from(JSON.stringify({ v: VERSION, rv: revision, start })).toString("base64url");
}

function invalid(why: string): StatusError {
  return StatusError.badRequest(`invalid continue token: continue key is not valid${why}`);
}

function parse(token: string): JsonValue {
  const bad = NOT_BASE64URL.exec(token)?.index ?? (token.length % 4 === 1 ? token.length : -1);
  if (bad >= 0) throw invalid(`: illegal base64 data at input byte ${bad}`);
  try {
    return JSON.parse(Buffer.from(token, "base64url").toString()) as JsonValue;
  } catch {
    throw invalid(": the token holds no JSON");
  }
}

/**
 * Reads a token for a list of `namespace`; 400 for one that no server made for a list of this shape. The token is not
 * signed, so whatever it says ends up inside the list's own scope.
 */
export function decodeContinue(token: string, keys: KeySpace, namespace: string): ContinuePosition {
  const content = parse(token);
  if (!isJsonObject(content)) throw invalid(": the token holds no JSON object");
  const { v, rv, start } = content;
  if (v !== VERSION) throw invalid(`: server does not recognize this encoded version ${String(v ?? "")}`);
  if (rv === 0 || rv === undefined) throw invalid(`: incorrect encoded start resourceVersion (version ${VERSION})`);
  if (typeof rv !== "number" || !Number.isSafeInteger(rv)) throw invalid(": rv is not an integer");
  if (start === "" || start === undefined) throw invalid(`: encoded start key empty (version ${VERSION})`);
  if (typeof start !== "string" || !start.endsWith("\u0000")) throw invalid(`: ${JSON.stringify(start)}`);
  const rest = start.slice(start.startsWith("/") ? 1 : 0, -1);
  if (!keys.fits(namespace, rest)) throw invalid(`: ${start}`);
  return { after: keys.scope(namespace) + rest, revision: rv };
}

/** 410 for a continued list whose revision is compacted, with a token that goes on with the newest state. */
export function continueExpired(lastKey: string, scope: string): StatusError {
  const { status } = StatusError.expired(EXPIRED);
  return new StatusError({ ...status, metadata: { continue: encodeContinue(lastKey, scope, -1) } });
}
