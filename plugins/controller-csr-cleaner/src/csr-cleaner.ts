import { X509Certificate } from "node:crypto";
import { CERTIFICATE_REQUESTS, type CertificateRequest, CertificateRequests } from "@quarterdeck/certificate-requests";
import { StatusError } from "@quarterdeck/meta";
import { Client, type Controller, Injectable, type Lister, ListerOf, Logger, RepeatedWork } from "@quarterdeck/sdk";

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
@Injectable()
export class CsrCleaner implements Controller {
  readonly #requests: CertificateRequests | undefined;
  readonly #work = new RepeatedWork(HOUR, (signal) => this.#clean(signal));

  constructor(
    @ListerOf(CERTIFICATE_REQUESTS, { optional: true }) lister: Lister | undefined,
    client: Client,
    private readonly logger: Logger,
  ) {
    this.#requests = lister && new CertificateRequests(lister, client);
  }

  start(): void {
    if (this.#requests !== undefined) this.#work.start();
  }

  stop(): Promise<void> {
    return this.#work.stop();
  }

  /** Looks at all requests once. */
  async #clean(signal: AbortSignal): Promise<void> {
    const requests = this.#requests;
    if (requests === undefined) return;
    for (const request of requests.all()) {
      if (signal.aborted) return;
      const { name } = request;
      try {
        const reason = cleaningReason(request, Date.now());
        if (reason === undefined) continue;
        await requests.remove(request, signal);
        this.logger.debug("deleted a certificate request", { name, reason });
      } catch (error) {
        if (signal.aborted || (StatusError.is(error) && error.reason === "NotFound")) continue;
        this.logger.warn("a certificate request could not be deleted", { name, error: String(error) });
      }
    }
  }
}
