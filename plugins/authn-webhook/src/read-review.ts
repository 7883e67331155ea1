import { isJsonObject, type UserInfo } from "@quarterdeck/meta";

/** The webhook answered something that is no TokenReview; the message does not repeat it. */
class TokenReviewError extends Error {
  override readonly name = "TokenReviewError";
}

/** What a webhook says of a token. */
export interface ReviewedToken {
  /** Undefined when the token is nobody's. */
  readonly user: UserInfo | undefined;
  readonly audiences: readonly string[];
  /** Why it is nobody's, if the webhook says so. */
  readonly error: string;
}

function texts(value: unknown, what: string): readonly string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((one): one is string => typeof one === "string")) return value;
  throw new TokenReviewError(`the webhook's ${what} is no list of strings`);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function userOf(value: unknown): UserInfo {
  const user = isJsonObject(value) ? value : {};
  const name = text(user.username);
  if (name === "") throw new TokenReviewError("the webhook knows the token, but says no username");
  const extra = isJsonObject(user.extra) ? user.extra : {};
  const entries = Object.entries(extra).map(
    ([key, values]) => [key, Object.freeze([...texts(values, "status.user.extra")])] as const,
  );
  const uid = text(user.uid);
  return Object.freeze({
    name,
    ...(uid === "" ? {} : { uid }),
    groups: Object.freeze([...texts(user.groups, "status.user.groups")]),
    ...(entries.length === 0 ? {} : { extra: Object.freeze(Object.fromEntries(entries)) }),
  });
}

/** Reads the answer to a TokenReview. */
export function readReview(answer: unknown): ReviewedToken {
  const status = isJsonObject(answer) ? answer.status : undefined;
  if (!isJsonObject(status)) throw new TokenReviewError("the webhook's answer has no status");
  return {
    user: status.authenticated === true ? userOf(status.user) : undefined,
    audiences: texts(status.audiences, "status.audiences"),
    error: text(status.error),
  };
}
