import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { KeyPair } from "../certificates/key-pair.js";
import { CertificateRequestLoop } from "./certificate-request-loop.js";
import { SIGNER_RULES } from "./certificate-usages.js";
import type { ControllerTools } from "./controller-tools.js";

const SECOND = 1000;
/** How long certificates are valid when nobody asks for less; upstream's --cluster-signing-duration. */
const LONGEST = 365 * 86_400 * SECOND;
const SHORTEST = 600 * SECOND;

async function authority(data: string): Promise<KeyPair> {
  const [certificate, key] = await Promise.all(
    ["ca.crt", "ca.key"].map((file) => readFile(join(data, "pki", file), "utf8")),
  );
  return { certificate: certificate ?? "", key: key ?? "" };
}

function durationOf(seconds: number | undefined): number {
  if (seconds === undefined) return LONGEST;
  return Math.min(Math.max(seconds * SECOND, SHORTEST), LONGEST);
}

/**
 * Signs approved requests for the signers of Kubernetes by the server's own authority; a request that a signer's rules
 * forbid gets the condition Failed. Upstream's csrsigning, which lives in the controller manager there.
 */
export function csrSigning(tools: ControllerTools, now: () => Date = () => new Date()): CertificateRequestLoop {
  return new CertificateRequestLoop(tools, async (request, requests) => {
    const rules = SIGNER_RULES.get(request.signerName);
    const { conditions, certificate, usages } = request;
    if (rules === undefined || certificate !== "") return true;
    if (!conditions.has("Approved") || conditions.has("Denied") || conditions.has("Failed")) return true;
    const { readAsked, signRequest } = await import("../certificates/sign-request.js");
    const problem = rules(readAsked(request.request), usages);
    if (problem !== undefined) {
      const condition = { type: "Failed", status: "True", reason: "SignerValidationFailure", message: problem };
      await requests.write(request, "status", { condition });
      return true;
    }
    const policy = { usages, duration: durationOf(request.expirationSeconds), now: now() };
    const issued = await signRequest(await authority(tools.server.data), request.request, policy);
    await requests.write(request, "status", { certificate: Buffer.from(issued).toString("base64") });
    return true;
  });
}
