import type { UserInfo } from "@quarterdeck/meta";
import { Access, type Services } from "@quarterdeck/sdk";

/**
 * Whether a user may `approve` or `sign` requests for a signer, or `attest` whom its certificates can be checked with: the verb
 * on the virtual resource `signers`, by the signer's name or for all of its domain (`example.com/*`); as upstream's
 * CertificateApproval, CertificateSigning and ClusterTrustBundleAttest ask.
 */
export async function maySign(
  services: Services,
  user: UserInfo,
  verb: "approve" | "sign" | "attest",
  signerName: string,
): Promise<boolean> {
  const access = services.find(Access);
  if (access === undefined) return false;
  for (const name of [signerName, `${signerName.split("/")[0]}/*`]) {
    const verdict = await access.authorize({
      user,
      verb,
      isResourceRequest: true,
      apiGroup: "certificates.k8s.io",
      apiVersion: "*",
      namespace: "",
      resource: "signers",
      subresource: "",
      name,
      path: "",
      fieldSelector: "",
      labelSelector: "",
    });
    if (verdict.allowed) return true;
  }
  return false;
}
