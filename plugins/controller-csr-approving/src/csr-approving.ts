import {
  CERTIFICATE_REQUESTS,
  type CertificateRequest,
  CertificateRequestLoop,
  type CertificateRequestTurn,
  KUBELET_CLIENT,
  kubeletClientProblem,
} from "@quarterdeck/certificate-requests";
import type { UserInfo } from "@quarterdeck/meta";
import {
  Access,
  CertificateSigner,
  Client,
  type Controller,
  Injectable,
  type Lister,
  ListerOf,
  Logger,
  Services,
} from "@quarterdeck/sdk";

const KINDS = [
  {
    subresource: "selfnodeclient",
    own: true,
    message: "Auto approving self kubelet client certificate after SubjectAccessReview.",
  },
  {
    subresource: "nodeclient",
    own: false,
    message: "Auto approving kubelet client certificate after SubjectAccessReview.",
  },
] as const;

function isOpen({ certificate, conditions }: CertificateRequest): boolean {
  return certificate === "" && !conditions.has("Approved") && !conditions.has("Denied");
}

/**
 * Approves the client certificates of kubelets: those of new nodes whoever may `create`
 * `certificatesigningrequests/nodeclient` asks for, and those that a node asks for itself when it may create
 * `…/selfnodeclient`. Upstream's csrapproving, which lives in the controller manager there.
 */
@Injectable()
export class CsrApproving implements Controller {
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
    if (request.signerName !== KUBELET_CLIENT || !isOpen(request)) return true;
    const asked = await this.services.find(CertificateSigner)?.read(request.request);
    if (asked === undefined || kubeletClientProblem(asked, request.usages) !== undefined) return true;
    for (const { subresource, own, message } of KINDS) {
      if (own && asked.commonName !== request.user.name) continue;
      if (!(await this.#mayCreate(request.user, subresource))) continue;
      const condition = { type: "Approved", status: "True", reason: "AutoApproved", message };
      await requests.write(request, "approval", { condition }, signal);
      return true;
    }
    // The right may come later.
    return false;
  }

  /** Whether a user may create requests of a kind: the right that makes its approval automatic. */
  async #mayCreate(user: UserInfo, subresource: string): Promise<boolean> {
    const verdict = await this.services.find(Access)?.authorize({
      user,
      verb: "create",
      isResourceRequest: true,
      apiGroup: CERTIFICATE_REQUESTS.group,
      apiVersion: "*",
      namespace: "",
      resource: CERTIFICATE_REQUESTS.resource,
      subresource,
      name: "",
      path: "",
      fieldSelector: "",
      labelSelector: "",
    });
    return verdict?.allowed === true;
  }
}
