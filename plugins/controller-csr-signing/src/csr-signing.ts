import {
  CERTIFICATE_REQUESTS,
  CertificateRequestLoop,
  type CertificateRequestTurn,
  SIGNER_RULES,
} from "@quarterdeck/certificate-requests";
import {
  CertificateSigner,
  Client,
  type Controller,
  Injectable,
  type Lister,
  ListerOf,
  Logger,
  Services,
} from "@quarterdeck/sdk";

const SECOND = 1000;
/** How long certificates are valid when nobody asks for less; upstream's --cluster-signing-duration. */
const LONGEST = 365 * 86_400 * SECOND;
const SHORTEST = 600 * SECOND;

function durationOf(seconds: number | undefined): number {
  if (seconds === undefined) return LONGEST;
  return Math.min(Math.max(seconds * SECOND, SHORTEST), LONGEST);
}

/**
 * Signs approved requests for the signers of Kubernetes by the server's own authority; a request that a signer's rules
 * forbid gets the condition Failed. Upstream's csrsigning, which lives in the controller manager there.
 */
@Injectable()
export class CsrSigning implements Controller {
  readonly #loop: CertificateRequestLoop;

  constructor(
    @ListerOf(CERTIFICATE_REQUESTS, { optional: true }) lister: Lister | undefined,
    client: Client,
    logger: Logger,
    private readonly services: Services,
  ) {
    this.#loop = new CertificateRequestLoop({ lister, client, logger }, (turn) => this.#look(turn));
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #look({ request, requests, signal }: CertificateRequestTurn): Promise<boolean> {
    const rules = SIGNER_RULES.get(request.signerName);
    const { conditions, certificate, usages } = request;
    if (rules === undefined || certificate !== "") return true;
    if (!conditions.has("Approved") || conditions.has("Denied") || conditions.has("Failed")) return true;
    const signer = this.services.find(CertificateSigner);
    if (signer === undefined) return true;
    const problem = rules(await signer.read(request.request), usages);
    if (problem !== undefined) {
      const condition = { type: "Failed", status: "True", reason: "SignerValidationFailure", message: problem };
      await requests.write(request, "status", { condition }, signal);
      return true;
    }
    const policy = { usages, duration: durationOf(request.expirationSeconds), now: new Date() };
    const issued = await signer.sign(request.request, policy);
    await requests.write(request, "status", { certificate: Buffer.from(issued).toString("base64") }, signal);
    return true;
  }
}
