import { Agent } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "@quarterdeck/sdk";
import { type Answer, postJson } from "./post-json.js";
import { readKubeconfig } from "./read-kubeconfig.js";
import { WebhookError } from "./webhook-error.js";
import type { WebhookTarget } from "./webhook-target.js";

/** How a webhook is asked. */
export interface WebhookOptions {
  /** The kubeconfig that says where it is; an absolute path. */
  readonly kubeconfig: string;
  /** Milliseconds that one attempt may take; default 30 000. */
  readonly timeout?: number;
  /** How often it is asked in all; default 5, as upstream. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt; each later pause is half as long again. Default 500, as upstream. */
  readonly backoff?: number;
  /** The largest answer in bytes; default 1 MiB. */
  readonly maxAnswerBytes?: number;
}

/** What the client takes from the plugin that owns it. */
export interface WebhookSurroundings {
  readonly logger: Logger;
  /** As `Paths.watch`: the kubeconfig and the files that it names are read again when they change. */
  watch(path: string, onChange: () => void): () => void;
}

const RETRIED_STATUS: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);
const RETRIED_CODES: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);
const FACTOR = 1.5;
const JITTER = 0.2;

function isWorthARetry(error: unknown): boolean {
  if (error instanceof WebhookError) {
    return error.status === undefined ? RETRIED_CODES.has(Object(error.cause).code) : RETRIED_STATUS.has(error.status);
  }
  return false;
}

/**
 * Posts JSON to a webhook that a kubeconfig names, over connections that are kept; upstream's `util/webhook`. What can pass
 * (no connection, 429, 5xx) is tried again after a pause that grows, or as long as the answer's Retry-After asks for.
 */
export class WebhookClient {
  readonly #options: Required<WebhookOptions>;
  #target: WebhookTarget | undefined;
  #agent: Agent | undefined;
  #watches: (() => void)[] = [];

  constructor(
    options: WebhookOptions,
    private readonly surroundings: WebhookSurroundings,
  ) {
    this.#options = { timeout: 30_000, attempts: 5, backoff: 500, maxAnswerBytes: 1024 * 1024, ...options };
  }

  /** Reads the kubeconfig; rejects with a `KubeconfigError`. The webhook itself need not be there yet. */
  async start(): Promise<void> {
    this.#use(await readKubeconfig(this.#options.kubeconfig));
  }

  stop(): void {
    for (const end of this.#watches.splice(0)) end();
    this.#agent?.destroy();
  }

  /**
   * The answer to a JSON body. Rejects with a {@link WebhookError}, or with the signal's reason. The body is not in any error.
   */
  post(body: unknown, signal?: AbortSignal): Promise<unknown> {
    return this.postText(JSON.stringify(body), signal);
  }

  /** The same for a body that is JSON already. */
  async postText(text: string, signal?: AbortSignal): Promise<unknown> {
    const { attempts, backoff } = this.#options;
    let pause = backoff;
    for (let attempt = 1; ; attempt++) {
      try {
        return (await this.#postOnce(text, signal)).json;
      } catch (error) {
        if (attempt >= attempts || !isWorthARetry(error) || signal?.aborted === true) throw error;
        const asked = error instanceof WebhookError ? Object(error.cause).retryAfter : undefined;
        const wait = typeof asked === "number" ? asked * 1000 : pause * (1 + Math.random() * JITTER);
        this.surroundings.logger.debug("a webhook is asked again", { attempt, reason: String(error) });
        await sleep(wait, undefined, { signal, ref: false });
        pause *= FACTOR;
      }
    }
  }

  #postOnce(text: string, signal: AbortSignal | undefined): Promise<Answer> {
    const target = this.#target;
    const agent = this.#agent;
    if (target === undefined || agent === undefined) throw new WebhookError("the webhook is not started", undefined);
    const { timeout, maxAnswerBytes } = this.#options;
    return postJson(target, text, { agent, timeout, maxAnswerBytes, signal });
  }

  #use(target: WebhookTarget): void {
    this.#agent?.destroy();
    this.#target = target;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 64, ...target.tls });
    for (const end of this.#watches.splice(0)) end();
    const again = (): void => void this.#readAgain();
    this.#watches = [this.#options.kubeconfig, ...target.files].map((file) => this.surroundings.watch(file, again));
  }

  async #readAgain(): Promise<void> {
    const { logger } = this.surroundings;
    try {
      this.#use(await readKubeconfig(this.#options.kubeconfig));
      logger.info("read the changed kubeconfig of a webhook", { file: this.#options.kubeconfig });
    } catch (error) {
      logger.error("the changed kubeconfig of a webhook is not taken", { reason: String(error) });
    }
  }
}
