import type { UserInfo } from "@quarterdeck/meta";
import { Access, type Services } from "@quarterdeck/sdk";
import type { CertificateRequest } from "./certificate-request.js";
import { CertificateRequestLoop } from "./certificate-request-loop.js";
import { KUBELET_CLIENT, kubeletClientProblem } from "./certificate-usages.js";
import type { ControllerTools } from "./controller-tools.js";

/** Whether a user may create requests of a kind: the right that makes its approval automatic. */
async function mayCreate(services: Services, user: UserInfo, subresource: string): Promise<boolean> {
  const verdict = await services.find(Access)?.authorize({
    user,
    verb: "create",
    isResourceRequest: true,
    apiGroup: "certificates.k8s.io",
    apiVersion: "*",
    namespace: "",
    resource: "certificatesigningrequests",
    subresource,
    name: "",
    path: "",
    fieldSelector: "",
    labelSelector: "",
  });
  return verdict?.allowed === true;
}

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
export function csrApproving(tools: ControllerTools): CertificateRequestLoop {
  return new CertificateRequestLoop(tools, async (request, requests) => {
    if (request.signerName !== KUBELET_CLIENT || !isOpen(request)) return true;
    const services = requests.resource?.services;
    if (services === undefined) return true;
    const { readAsked } = await import("../certificates/sign-request.js");
    const asked = readAsked(request.request);
    if (kubeletClientProblem(asked, request.usages) !== undefined) return true;
    for (const { subresource, own, message } of KINDS) {
      if (own && asked.commonName !== request.user.name) continue;
      if (!(await mayCreate(services, request.user, subresource))) continue;
      const condition = { type: "Approved", status: "True", reason: "AutoApproved", message };
      await requests.write(request, "approval", { condition });
      return true;
    }
    // The right may come later.
    return false;
  });
}
