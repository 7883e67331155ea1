import { reasonOf, StatusError, type UserInfo } from "@quarterdeck/meta";
import {
  Access,
  type AccessVerdict,
  type AuthorizationAttributes,
  type AuthorizationDecision,
  type Authorizer,
  type Logger,
  type NonResourceRule,
  type RequestState,
  type ResourceRule,
  type UserRules,
} from "@quarterdeck/sdk";
import { forbiddenMessage } from "./forbidden-message.js";

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

/** What those who had no opinion said on the way. */
interface Notes {
  readonly reasons: string[];
  readonly errors: string[];
}

const ALLOWED: AccessVerdict = Object.freeze({ allowed: true, denied: false, reason: "" });

/**
 * Asks the authorizers in order; the first to allow or deny decides, and nobody allowing is a denial. The 403 names
 * user, verb and object as upstream's does, and then the reasons that were given. `replace` swaps all of them at once.
 */
export class Authorizers extends Access {
  #authorizers: readonly NamedAuthorizer[];

  constructor(
    authorizers: readonly NamedAuthorizer[],
    private readonly logger: Logger,
  ) {
    super();
    this.#authorizers = authorizers;
  }

  /** Questions that are being asked are answered by those who were asked first. */
  replace(authorizers: readonly NamedAuthorizer[]): void {
    this.#authorizers = authorizers;
  }

  /** Synchronous as long as the authorizers are. */
  authorize(attributes: AuthorizationAttributes): AccessVerdict | Promise<AccessVerdict> {
    return this.ask(this.#authorizers, attributes, 0, undefined);
  }

  /** The 403 for what is not allowed; synchronous as long as the authorizers are. */
  refusal(attributes: AuthorizationAttributes): Refusal | Promise<Refusal> {
    const verdict = this.authorize(attributes);
    return verdict instanceof Promise
      ? verdict.then((decided) => refusalOf(attributes, decided))
      : refusalOf(attributes, verdict);
  }

  /** Throws the 403 when the user of a request may not do this beside what its path says. */
  async require({ user, requestInfo }: RequestState, access: ObjectAccess): Promise<void> {
    const { path } = requestInfo;
    const about = { isResourceRequest: true, path, fieldSelector: "", labelSelector: "" };
    const refusal = await this.refusal({ user, ...access, ...about });
    if (refusal !== undefined) throw refusal;
  }

  /** The rules of all, in order; incomplete when one of them cannot list its own. */
  async rulesFor(user: UserInfo, namespace: string): Promise<UserRules> {
    const resourceRules: ResourceRule[] = [];
    const nonResourceRules: NonResourceRule[] = [];
    const errors: string[] = [];
    let incomplete = false;
    for (const { name, authorizer } of this.#authorizers) {
      if (authorizer.rulesFor === undefined) {
        incomplete = true;
        errors.push(`${name} authorizer does not support user rule resolution`);
        continue;
      }
      const rules = await authorizer.rulesFor(user, namespace);
      resourceRules.push(...rules.resourceRules);
      nonResourceRules.push(...rules.nonResourceRules);
      incomplete ||= rules.incomplete;
      if (rules.evaluationError !== undefined) errors.push(rules.evaluationError);
    }
    const evaluationError = errors.length === 0 ? {} : { evaluationError: errors.join(", ") };
    return { resourceRules, nonResourceRules, incomplete, ...evaluationError };
  }

  private ask(
    chain: readonly NamedAuthorizer[],
    attributes: AuthorizationAttributes,
    from: number,
    before: Notes | undefined,
  ): AccessVerdict | Promise<AccessVerdict> {
    let notes = before;
    for (let index = from; index < chain.length; index++) {
      const named = chain[index];
      if (named === undefined) break;
      let answer: ReturnType<Authorizer["authorize"]>;
      try {
        answer = named.authorizer.authorize(attributes);
      } catch (error) {
        notes = this.failed(named.name, error, notes);
        continue;
      }
      if (answer instanceof Promise) return this.wait(answer, chain, attributes, index, notes);
      if (answer.decision === "allow") return allowed(answer, notes);
      if (answer.reason) notes = noted(answer.reason, notes);
      if (answer.decision === "deny") return refused(true, notes);
    }
    return refused(false, notes);
  }

  private async wait(
    pending: Promise<AuthorizationDecision>,
    chain: readonly NamedAuthorizer[],
    attributes: AuthorizationAttributes,
    index: number,
    before: Notes | undefined,
  ): Promise<AccessVerdict> {
    let notes = before;
    try {
      const answer = await pending;
      if (answer.decision === "allow") return allowed(answer, notes);
      if (answer.reason) notes = noted(answer.reason, notes);
      if (answer.decision === "deny") return refused(true, notes);
    } catch (error) {
      notes = this.failed(chain[index]?.name ?? "", error, notes);
    }
    return this.ask(chain, attributes, index + 1, notes);
  }

  private failed(name: string, error: unknown, notes: Notes = { reasons: [], errors: [] }): Notes {
    this.logger.error("an authorizer failed", { authorizer: name, error });
    const message = reasonOf(error);
    notes.reasons.push(message);
    notes.errors.push(message);
    return notes;
  }
}

function noted(reason: string, notes: Notes = { reasons: [], errors: [] }): Notes {
  notes.reasons.push(reason);
  return notes;
}

function allowed({ reason }: AuthorizationDecision, notes: Notes | undefined): AccessVerdict {
  if (!reason && notes === undefined) return ALLOWED;
  return { allowed: true, denied: false, reason: reason ?? "", ...errorsOf(notes) };
}

function refused(denied: boolean, notes: Notes | undefined): AccessVerdict {
  return { allowed: false, denied, reason: notes?.reasons.join("\n") ?? "", ...errorsOf(notes) };
}

function errorsOf(notes: Notes | undefined): { evaluationError?: string } {
  return notes === undefined || notes.errors.length === 0 ? {} : { evaluationError: notes.errors.join(", ") };
}

/** The 403 of a verdict; undefined when it allows. */
export function refusalOf(attributes: AuthorizationAttributes, verdict: AccessVerdict): Refusal {
  if (verdict.allowed) return undefined;
  const message = forbiddenMessage(attributes);
  const why = verdict.reason === "" ? message : `${message}: ${verdict.reason}`;
  const about = { group: attributes.apiGroup, resource: attributes.resource };
  return StatusError.forbidden(about, attributes.name, why);
}
