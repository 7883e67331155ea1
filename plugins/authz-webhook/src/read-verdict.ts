import { isJsonObject } from "@quarterdeck/meta";
import type { AuthorizationDecision } from "@quarterdeck/sdk";

/** The webhook answered something that is no SubjectAccessReview, or contradicts itself. */
class AccessReviewError extends Error {
  override readonly name = "AccessReviewError";
}

/** Reads the answer to a SubjectAccessReview. */
export function readVerdict(answer: unknown): AuthorizationDecision {
  const status = isJsonObject(answer) ? answer.status : undefined;
  if (!isJsonObject(status)) throw new AccessReviewError("the webhook's answer has no status");
  const allowed = status.allowed === true;
  const denied = status.denied === true;
  if (allowed && denied)
    throw new AccessReviewError("webhook subject access review returned both allow and deny response");
  const decision = allowed ? "allow" : denied ? "deny" : "no-opinion";
  return { decision, ...(typeof status.reason === "string" && status.reason !== "" ? { reason: status.reason } : {}) };
}
