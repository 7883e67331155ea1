import type { UserInfo } from "@quarterdeck/meta";
import type { AccessVerdict, AuthorizationAttributes, Filter, RequestContext, RequestInfo } from "@quarterdeck/sdk";
import { type Authorizers, refusalOf } from "./authorizers.js";

/** Lets a request pass that the authorizers allow; else 403. The audit event is told the decision and its reason. */
export class Authorization implements Filter {
  constructor(private readonly authorizers: Authorizers) {}

  handle(context: RequestContext, next: () => Promise<void>): Promise<void> {
    const attributes = attributesOf(context.state.requestInfo, context.state.user);
    const verdict = this.authorizers.authorize(attributes);
    if (verdict instanceof Promise) return verdict.then((decided) => conclude(context, attributes, decided, next));
    return conclude(context, attributes, verdict, next);
  }
}

function conclude(
  context: RequestContext,
  attributes: AuthorizationAttributes,
  verdict: AccessVerdict,
  next: () => Promise<void>,
): Promise<void> {
  const { audit } = context.state;
  audit.annotate("authorization.k8s.io/decision", verdict.allowed ? "allow" : "forbid");
  audit.annotate("authorization.k8s.io/reason", verdict.reason);
  const refusal = refusalOf(attributes, verdict);
  if (refusal === undefined) return next();
  context.set("X-Content-Type-Options", "nosniff");
  throw refusal;
}

/** What a request asks for, as authorizers are asked. */
export function attributesOf(info: RequestInfo, user: UserInfo): AuthorizationAttributes {
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
