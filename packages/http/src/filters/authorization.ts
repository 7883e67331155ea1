import { StatusError, type UserInfo } from "@quarterdeck/meta";
import type {
  AuthorizationAttributes,
  AuthorizationDecision,
  Authorizer,
  Filter,
  Logger,
  RequestContext,
  RequestInfo,
} from "@quarterdeck/sdk";

/** An authorizer and the name that logs call it by. */
export interface NamedAuthorizer {
  readonly name: string;
  readonly authorizer: Authorizer;
}

/**
 * Asks the authorizers in order; the first to allow or deny decides, and nobody allowing is a denial. The 403 names
 * user, verb and object as upstream's does, and then the reasons that were given.
 */
export class Authorization implements Filter {
  constructor(
    private readonly authorizers: readonly NamedAuthorizer[],
    private readonly logger: Logger,
  ) {}

  handle(context: RequestContext, next: () => Promise<void>): Promise<void> {
    const attributes = attributesOf(context.state.requestInfo, context.state.user);
    const verdict = this.ask(attributes, 0, []);
    if (verdict instanceof Promise) return verdict.then((reasons) => this.conclude(context, attributes, reasons, next));
    return this.conclude(context, attributes, verdict, next);
  }

  /** Gives the reasons for a denial, or undefined when it is allowed; synchronous as long as the authorizers are. */
  private ask(attributes: AuthorizationAttributes, from: number, reasons: string[]): Reasons | Promise<Reasons> {
    for (let index = from; index < this.authorizers.length; index++) {
      const named = this.authorizers[index];
      if (named === undefined) break;
      let answer: ReturnType<Authorizer["authorize"]>;
      try {
        answer = named.authorizer.authorize(attributes);
      } catch (error) {
        this.note(named.name, error, reasons);
        continue;
      }
      if (answer instanceof Promise) {
        return answer
          .catch((error: unknown): AuthorizationDecision => {
            this.note(named.name, error, reasons);
            return { decision: "no-opinion" };
          })
          .then((decided) => {
            if (decided.decision === "allow") return undefined;
            if (decided.reason) reasons.push(decided.reason);
            return decided.decision === "deny" ? reasons : this.ask(attributes, index + 1, reasons);
          });
      }
      if (answer.decision === "allow") return undefined;
      if (answer.reason) reasons.push(answer.reason);
      if (answer.decision === "deny") return reasons;
    }
    return reasons;
  }

  private note(name: string, error: unknown, reasons: string[]): void {
    this.logger.error("an authorizer failed", { authorizer: name, error });
    reasons.push(error instanceof Error ? error.message : String(error));
  }

  private conclude(
    context: RequestContext,
    attributes: AuthorizationAttributes,
    reasons: Reasons,
    next: () => Promise<void>,
  ): Promise<void> {
    if (reasons === undefined) return next();
    context.set("X-Content-Type-Options", "nosniff");
    const why = [forbiddenMessage(attributes), ...(reasons.length === 0 ? [] : [reasons.join("\n")])].join(": ");
    const about = { group: attributes.apiGroup, resource: attributes.resource };
    throw StatusError.forbidden(about, attributes.name, why);
  }
}

type Reasons = readonly string[] | undefined;

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

function forbiddenMessage(attributes: AuthorizationAttributes): string {
  const { user, verb, namespace, subresource } = attributes;
  const who = `User ${JSON.stringify(user.name)} cannot ${verb}`;
  if (!attributes.isResourceRequest) return escapeMarkup(`${who} path ${JSON.stringify(attributes.path)}`);
  const resource = subresource === "" ? attributes.resource : `${attributes.resource}/${subresource}`;
  const what = `resource ${JSON.stringify(resource)} in API group ${JSON.stringify(attributes.apiGroup)}`;
  const where = namespace === "" ? "at the cluster scope" : `in the namespace ${JSON.stringify(namespace)}`;
  return escapeMarkup(`${who} ${what} ${where}`);
}

/** The message repeats what the client sent, and a browser might take it for HTML. */
function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
