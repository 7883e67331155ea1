import { reasonOf } from "@quarterdeck/meta";
import {
  type AuthorizationAttributes,
  type AuthorizationDecision,
  type Authorizer,
  Injectable,
  type Lifecycle,
  Logger,
  Metrics,
  Paths,
} from "@quarterdeck/sdk";
import { ExpiringCache, SharedCalls, WebhookClient } from "@quarterdeck/webhook";
import { MatchConditions } from "./match-conditions.js";
import { readVerdict } from "./read-verdict.js";
import { type ReviewSpec, reviewSpec } from "./review-spec.js";
import { AuthzWebhookOptions } from "./webhook-options.js";

/** So many answers are kept, as upstream. */
const KEPT = 8192;
/** Larger questions are asked each time: whoever asks must not fill the memory. */
const LONGEST_KEPT = 10_000;
const NO_OPINION: AuthorizationDecision = { decision: "no-opinion" };

/**
 * Asks a webhook whether a request is allowed; upstream's mode `Webhook`. Answers are kept for a time. A webhook that cannot
 * be asked has no opinion, or denies, as `failurePolicy` says; several webhooks are several entries of the list.
 */
@Injectable()
export class AuthzWebhook implements Authorizer, Lifecycle {
  readonly #client: WebhookClient;
  readonly #conditions: MatchConditions;
  readonly #cache = new ExpiringCache<AuthorizationDecision>(KEPT);
  readonly #calls = new SharedCalls<AuthorizationDecision>();
  readonly #failures;

  constructor(
    private readonly options: AuthzWebhookOptions,
    private readonly logger: Logger,
    paths: Paths,
    metrics: Metrics,
  ) {
    const { timeoutSeconds, attempts } = options;
    this.#client = new WebhookClient(
      { kubeconfig: paths.resolve(options.kubeconfig), timeout: timeoutSeconds * 1000, attempts },
      { logger, watch: (path, onChange) => paths.watch(path, onChange) },
    );
    this.#conditions = new MatchConditions(options.matchConditions.map(({ expression }) => expression));
    const help = "Questions that an authorization webhook could not be asked.";
    this.#failures = metrics.counter("apiserver_authorization_webhook_evaluations_fail_open_total", help, ["result"]);
  }

  async start(): Promise<void> {
    await Promise.all([this.#client.start(), this.#conditions.compile()]);
  }

  stop(): void {
    this.#client.stop();
  }

  authorize(attributes: AuthorizationAttributes): AuthorizationDecision | Promise<AuthorizationDecision> {
    const spec = reviewSpec(attributes);
    let concerned: boolean;
    try {
      concerned = this.#conditions.hold(spec);
    } catch (error) {
      return this.#failed("a match condition of the authorization webhook cannot be evaluated", error);
    }
    if (!concerned) return NO_OPINION;
    const question = JSON.stringify(spec);
    const key = this.#cache.keyOf(question);
    return this.#cache.get(key) ?? this.#calls.run(key, () => this.#ask(spec, key, question.length <= LONGEST_KEPT));
  }

  async #ask(spec: ReviewSpec, key: string, keep: boolean): Promise<AuthorizationDecision> {
    const { version, authorizedSeconds, unauthorizedSeconds } = this.options;
    const apiVersion = `authorization.k8s.io/${version}`;
    try {
      const wire = version === "v1" ? spec : withGroup(spec);
      const body = { apiVersion, kind: "SubjectAccessReview", metadata: {}, spec: wire };
      const verdict = readVerdict(await this.#client.post(body));
      const seconds = verdict.decision === "allow" ? authorizedSeconds : unauthorizedSeconds;
      if (keep) this.#cache.set(key, verdict, seconds * 1000);
      return verdict;
    } catch (error) {
      return this.#failed("the authorization webhook could not be asked", error);
    }
  }

  /** The user is told that it failed, the log how: what the webhook's address is concerns nobody else. */
  #failed(what: string, error: unknown): AuthorizationDecision {
    const { failurePolicy } = this.options;
    this.logger.error(what, { failurePolicy, reason: reasonOf(error) });
    this.#failures.increment({ result: failurePolicy });
    return { decision: failurePolicy === "Deny" ? "deny" : "no-opinion", reason: what };
  }
}

/** The older version calls the groups by another name. */
function withGroup({ groups, ...spec }: ReviewSpec): object {
  return groups === undefined ? spec : { ...spec, group: groups };
}
