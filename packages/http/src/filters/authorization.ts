import type { UserInfo } from "@quarterdeck/meta";
import type { AuthorizationAttributes, Filter, RequestContext, RequestInfo } from "@quarterdeck/sdk";
import type { Authorizers, Refusal } from "./authorizers.js";

/** Lets a request pass that the authorizers allow; else 403. */
export class Authorization implements Filter {
  constructor(private readonly authorizers: Authorizers) {}

  handle(context: RequestContext, next: () => Promise<void>): Promise<void> {
    const verdict = this.authorizers.refusal(attributesOf(context.state.requestInfo, context.state.user));
    if (verdict instanceof Promise) return verdict.then((refusal) => conclude(context, refusal, next));
    return conclude(context, verdict, next);
  }
}

function conclude(context: RequestContext, refusal: Refusal, next: () => Promise<void>): Promise<void> {
  if (refusal === undefined) return next();
  context.set("X-Content-Type-Options", "nosniff");
  throw refusal;
}

function attributesOf(info: RequestInfo, user: UserInfo): AuthorizationAttributes {
  return {
    user,
    verb: info.verb,
    isResourceRequest: info.isResourceRequest,
    apiGroup: info.apiGroup,
    apiVersion: info.apiVersion,
    namespace: info.namespace,
    resource: info.resource,
    subresource: info.subresource,
    name: info.name,
    path: info.path,
    fieldSelector: info.fieldSelector,
    labelSelector: info.labelSelector,
  };
}
