import { StatusError } from "@quarterdeck/meta";
import type { CertificateRequest } from "./certificate-request.js";
import { CertificateRequests } from "./certificate-requests.js";
import type { ControllerTools } from "./controller-tools.js";
import { WorkQueue } from "./work-queue.js";

/** Between the attempts at one request, in milliseconds: each time twice as long. */
const FIRST_DELAY = 200;
const LONGEST_DELAY = 1_000_000;

/** Looks at each certificate signing request after each change, one after the other, and again while it cannot be handled. */
export class CertificateRequestLoop {
  readonly #queue: WorkQueue;
  readonly #requests: CertificateRequests;
  #end: () => void = () => {};

  /** `handle` answers false for a request that may be handled later though nobody writes to it. */
  constructor(
    private readonly tools: ControllerTools,
    private readonly handle: (request: CertificateRequest, requests: CertificateRequests) => Promise<boolean>,
  ) {
    this.#queue = new WorkQueue({
      handle: (name) => this.#try(name),
      failed: (name, error) =>
        tools.logger.warn("a certificate request could not be handled yet", { name, error: String(error) }),
      delay: (attempts) => Math.min(FIRST_DELAY * 2 ** attempts, LONGEST_DELAY),
    });
    this.#requests = new CertificateRequests(tools, this.#queue.signal);
  }

  async start(): Promise<void> {
    const { resource } = this.#requests;
    if (resource === undefined) return;
    this.#end = this.tools.observers.observe(resource.store, ({ type, object }) => {
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
    const request = this.#requests.get(name);
    if (request === undefined) return true;
    try {
      return await this.handle(request, this.#requests);
    } catch (error) {
      // Somebody else wrote it or took it away, which is heard of.
      if (StatusError.is(error) && (error.reason === "Conflict" || error.reason === "NotFound")) return true;
      throw error;
    }
  }
}
