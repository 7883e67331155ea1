import {
  type Authenticated,
  type AuthenticationRequest,
  type Authenticator,
  bearerToken,
  Injectable,
  type Lifecycle,
  Logger,
  Paths,
} from "@quarterdeck/sdk";
import { ExpiringCache, SharedCalls, WebhookClient } from "@quarterdeck/webhook";
import { type ReviewedToken, readReview } from "./read-review.js";
import { AuthnWebhookOptions } from "./webhook-options.js";

/** So many answers are kept; upstream keeps 32 times as many shards of its cache. */
const KEPT = 10_000;
/** Longer ones are nobody's: a webhook must not be sent megabytes by callers without credentials. */
const LONGEST_TOKEN = 16 * 1024;

/** A token is nobody's, and the webhook says why. */
class RejectedTokenError extends Error {
  override readonly name = "RejectedTokenError";
}

/**
 * Asks a webhook whose a bearer token is; upstream's `--authentication-token-webhook-config-file`. Answers are kept for a
 * time, and those who come with one token at the same time wait for one answer. A webhook that cannot be asked is an error:
 * whoever brought the token is refused and never anonymous.
 */
@Injectable()
export class AuthnWebhook implements Authenticator, Lifecycle {
  readonly #client: WebhookClient;
  readonly #cache = new ExpiringCache<Authenticated | "nobody's">(KEPT);
  readonly #calls = new SharedCalls<Authenticated | undefined>();

  constructor(
    private readonly options: AuthnWebhookOptions,
    logger: Logger,
    paths: Paths,
  ) {
    const { timeoutSeconds, attempts } = options;
    this.#client = new WebhookClient(
      { kubeconfig: paths.resolve(options.kubeconfig), timeout: timeoutSeconds * 1000, attempts },
      { logger, watch: (path, onChange) => paths.watch(path, onChange) },
    );
  }

  start(): Promise<void> {
    return this.#client.start();
  }

  stop(): void {
    this.#client.stop();
  }

  authenticate(request: AuthenticationRequest): Authenticated | undefined | Promise<Authenticated | undefined> {
    const token = bearerToken(request);
    if (token === undefined || token.length > LONGEST_TOKEN) return undefined;
    const audiences = request.audiences ?? this.options.audiences;
    const key = this.#cache.keyOf(JSON.stringify([token, ...audiences]));
    const kept = this.#cache.get(key);
    if (kept !== undefined) return kept === "nobody's" ? undefined : kept;
    return this.#calls.run(key, () => this.#ask(token, audiences, key));
  }

  async #ask(token: string, audiences: readonly string[], key: string): Promise<Authenticated | undefined> {
    const apiVersion = `authentication.k8s.io/${this.options.version}`;
    const spec = { token, ...(audiences.length === 0 ? {} : { audiences }) };
    const review = readReview(await this.#client.post({ apiVersion, kind: "TokenReview", metadata: {}, spec }));
    const found = this.#accepted(review, audiences);
    // An answer that says why is not kept, as upstream: it may be a fault of the webhook's that passes.
    if (found === undefined && review.error !== "") throw new RejectedTokenError(review.error);
    this.#cache.set(key, found ?? "nobody's", this.options.cacheSeconds * 1000);
    return found;
  }

  #accepted({ user, audiences: told }: ReviewedToken, asked: readonly string[]): Authenticated | undefined {
    if (user === undefined) return undefined;
    if (asked.length === 0) return { user };
    // A webhook that knows no audiences vouches for those of the server, and for no others.
    const good = told.length > 0 ? told : this.options.audiences;
    const audiences = asked.filter((one) => good.includes(one));
    return audiences.length === 0 ? undefined : { user, audiences };
  }
}
