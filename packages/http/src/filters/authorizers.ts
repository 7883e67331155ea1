import { StatusError } from "@quarterdeck/meta";
import type {
  AuthorizationAttributes,
  AuthorizationDecision,
  Authorizer,
  Logger,
  RequestState,
} from "@quarterdeck/sdk";

/** An authorizer and the name that logs call it by. */
export interface NamedAuthorizer {
  readonly name: string;
  readonly authorizer: Authorizer;
}

/** Why something is refused; undefined when it is allowed. */
export type Refusal = StatusError | undefined;

/** What is done to an object that the path of the request does not name. */
export type ObjectAccess = Pick<
  AuthorizationAttributes,
  "verb" | "apiGroup" | "apiVersion" | "resource" | "subresource" | "namespace" | "name"
>;

type Reasons = readonly string[] | undefined;

/**
 * Asks the authorizers in order; the first to allow or deny decides, and nobody allowing is a denial. The 403 names
 * user, verb and object as upstream's does, and then the reasons that were given.
 */
export class Authorizers {
  constructor(
    private readonly authorizers: readonly NamedAuthorizer[],
    private readonly logger: Logger,
  ) {}

  /** The 403 for what is not allowed; synchronous as long as the authorizers are. */
  refusal(attributes: AuthorizationAttributes): Refusal | Promise<Refusal> {
    const verdict = this.ask(attributes, 0, []);
    return verdict instanceof Promise
      ? verdict.then((reasons) => forbidden(attributes, reasons))
      : forbidden(attributes, verdict);
  }

  /** Throws the 403 when the user of a request may not do this beside what its path says. */
  async require({ user, requestInfo }: RequestState, access: ObjectAccess): Promise<void> {
    const { path } = requestInfo;
    const about = { isResourceRequest: true, path, fieldSelector: "", labelSelector: "" };
    const refusal = await this.refusal({ user, ...access, ...about });
    if (refusal !== undefined) throw refusal;
  }

  /** Gives the reasons for a denial, or undefined when it is allowed. */
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
}

function forbidden(attributes: AuthorizationAttributes, reasons: Reasons): Refusal {
  if (reasons === undefined) return undefined;
  const why = [forbiddenMessage(attributes), ...(reasons.length === 0 ? [] : [reasons.join("\n")])].join(": ");
  const about = { group: attributes.apiGroup, resource: attributes.resource };
  return StatusError.forbidden(about, attributes.name, why);
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
