import { StatusError, type UserInfo } from "@quarterdeck/meta";
import { Access, type AuthorizationAttributes, type Services } from "@quarterdeck/sdk";
import type { SelfSubjectAccessReviewSpec, SubjectAccessReviewStatus } from "../types/authorization-v1.js";
import { fieldSelectorText, labelSelectorText } from "./selector-text.js";

/** The authorizers of the server. */
export function accessOf(services: Services): Access {
  const access = services.find(Access);
  if (access === undefined) throw StatusError.internal(new TypeError("nobody provides access"));
  return access;
}

/** A review's question in the form in which requests ask it. */
function attributesOf(user: UserInfo, spec: SelfSubjectAccessReviewSpec): AuthorizationAttributes {
  const { resourceAttributes: resource, nonResourceAttributes: path } = spec;
  return {
    user,
    verb: resource?.verb ?? path?.verb ?? "",
    isResourceRequest: resource !== undefined,
    apiGroup: resource?.group ?? "",
    apiVersion: resource?.version ?? "",
    namespace: resource?.namespace ?? "",
    resource: resource?.resource ?? "",
    subresource: resource?.subresource ?? "",
    name: resource?.name ?? "",
    path: path?.path ?? "",
    fieldSelector: fieldSelectorText(resource?.fieldSelector),
    labelSelector: labelSelectorText(resource?.labelSelector),
  };
}

/** The answer of all authorizers to a review. */
export async function askAccess(
  services: Services,
  user: UserInfo,
  spec: SelfSubjectAccessReviewSpec,
): Promise<SubjectAccessReviewStatus> {
  const { allowed, denied, reason, evaluationError } = await accessOf(services).authorize(attributesOf(user, spec));
  return {
    allowed,
    ...(denied ? { denied } : {}),
    ...(reason === "" ? {} : { reason }),
    ...(evaluationError === undefined ? {} : { evaluationError }),
  };
}
