import { StatusError } from "@quarterdeck/meta";
import { backoff, type Client, type Lister, type Logger, WorkQueue } from "@quarterdeck/sdk";
import type { CertificateRequest } from "./certificate-request.js";
import { CertificateRequests } from "./certificate-requests.js";

/** Between the attempts at one request, in milliseconds: each time twice as long. */
const FIRST_DELAY = 200;
const LONGEST_DELAY = 1_000_000;

/** What a loop works with. */
export interface CertificateRequestTools {
  /** Undefined when certificate signing requests are not served: then there is nothing to do. */
  readonly lister: Lister | undefined;
  readonly client: Client;
  readonly logger: Logger;
}

/** The request to look at, and how to write to it until the loop ends. */
export interface CertificateRequestTurn {
  readonly request: CertificateRequest;
  readonly requests: CertificateRequests;
  readonly signal: AbortSignal;
}

/** Looks at each certificate signing request after each change, one after the other, and again while it cannot be handled. */
export class CertificateRequestLoop {
  readonly #queue: WorkQueue;
  readonly #requests: CertificateRequests | undefined;
  #end: () => void = () => {};

  /** `handle` answers false for a request that may be handled later though nobody writes to it. */
  constructor(
    private readonly tools: CertificateRequestTools,
    private readonly handle: (turn: CertificateRequestTurn) => Promise<boolean>,
  ) {
    const { lister, client, logger } = tools;
    this.#requests = lister && new CertificateRequests(lister, client);
    this.#queue = new WorkQueue({
      handle: (name) => this.#try(name),
      failed: (name, error) =>
        logger.warn("a certificate request could not be handled yet", { name, error: String(error) }),
      delay: backoff(FIRST_DELAY, LONGEST_DELAY),
    });
  }

  start(): void {
    const { lister } = this.tools;
    if (lister === undefined) return;
    this.#queue.start();
    this.#end = lister.observe(({ type, object }) => {
      const name = object.metadata.name ?? "";
      this.#queue.forget(name);
      if (type !== "DELETED") this.#queue.add(name);
    });
  }

  /** Ends after the request under work. */
  async stop(): Promise<void> {
    this.#end();
    await this.#queue.stop();
  }

  async #try(name: string): Promise<boolean> {
    const requests = this.#requests;
    const request = requests?.get(name);
    if (requests === undefined || request === undefined) return true;
    try {
      return await this.handle({ request, requests, signal: this.#queue.signal });
    } catch (error) {
      // Somebody else wrote it or took it away, which is heard of.
      if (StatusError.is(error) && (error.reason === "Conflict" || error.reason === "NotFound")) return true;
      throw error;
    }
  }
}
