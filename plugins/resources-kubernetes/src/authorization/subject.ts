import type { UserInfo } from "@quarterdeck/meta";
import type { SubjectAccessReviewSpec } from "../types/authorization-v1.js";

/** The user that a review is about. */
export function subjectOf({ user = "", uid, groups = [], extra }: SubjectAccessReviewSpec): UserInfo {
  return {
    name: user,
    groups,
    ...(uid === undefined || uid === "" ? {} : { uid }),
    ...(extra === undefined ? {} : { extra }),
  };
}
