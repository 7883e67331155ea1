import { X509Certificate } from "node:crypto";
import { StatusError } from "@quarterdeck/meta";
import type { CertificateRequest } from "./certificate-request.js";
import { CertificateRequests } from "./certificate-requests.js";
import type { ControllerTools } from "./controller-tools.js";

const HOUR = 3_600_000;
/** How long a request is kept after it was decided, and while nobody decides; upstream's figures. */
const DECIDED = HOUR;
const PENDING = 24 * HOUR;

function olderThan(time: unknown, age: number, now: number): boolean {
  return typeof time === "string" && now - Date.parse(time) > age;
}

/** Why a request has had its day; undefined when it has not. */
export function cleaningReason(request: CertificateRequest, now: number): string | undefined {
  const { conditions, certificate, object } = request;
  const past = (type: string): boolean => olderThan(conditions.get(type)?.lastUpdateTime, DECIDED, now);
  if (certificate !== "" && conditions.has("Approved")) {
    if (past("Approved")) return "it was issued long ago";
    if (Date.parse(new X509Certificate(certificate).validTo) < now) return "its certificate has expired";
  }
  if (past("Denied")) return "it was denied long ago";
  if (past("Failed")) return "it failed long ago";
  if (conditions.size === 0 && olderThan(object.metadata.creationTimestamp, PENDING, now))
    return "nobody has decided about it";
  return undefined;
}

/**
 * Deletes certificate requests that have had their day, at the start and every hour. Upstream's csrcleaner, which lives in
 * the controller manager there.
 */
export class CsrCleaner {
  readonly #stopped = new AbortController();
  readonly #requests: CertificateRequests;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();

  constructor(
    private readonly tools: ControllerTools,
    private readonly now: () => number = Date.now,
  ) {
    this.#requests = new CertificateRequests(tools, this.#stopped.signal);
  }

  async start(): Promise<void> {
    const clean = (): void => {
      this.#working = this.#working.then(() => this.clean());
    };
    clean();
    this.#timer = setInterval(clean, HOUR).unref();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    clearInterval(this.#timer);
    await this.#working;
  }

  /** Looks at all requests once. */
  async clean(): Promise<void> {
    for (const request of this.#requests.all()) {
      if (this.#stopped.signal.aborted) return;
      const { name } = request;
      try {
        const reason = cleaningReason(request, this.now());
        if (reason === undefined) continue;
        await this.#requests.remove(request);
        this.tools.logger.debug("deleted a certificate request", { name, reason });
      } catch (error) {
        if (this.#stopped.signal.aborted || (StatusError.is(error) && error.reason === "NotFound")) continue;
        this.tools.logger.warn("a certificate request could not be deleted", { name, error: String(error) });
      }
    }
  }
}
