import type { FieldErrors } from "@quarterdeck/meta";
import type { CertificateSigningRequestSpec } from "../types/certificates-v1.js";
import { CertificateRequestError, checkRequestSignature, parseCertificateRequest } from "./certificate-request.js";
import { checkSignerName, SIGNERS } from "./signer-name.js";

const USAGES: readonly string[] = [
  "any",
  "cert sign",
  "client auth",
  "code signing",
  "content commitment",
  "crl sign",
  "data encipherment",
  "decipher only",
  "digital signature",
  "email protection",
  "encipher only",
  "ipsec end system",
  "ipsec tunnel",
  "ipsec user",
  "key agreement",
  "key encipherment",
  "microsoft sgc",
  "netscape sgc",
  "ocsp signing",
  "s/mime",
  "server auth",
  "signing",
  "timestamping",
];
const LEAST_SECONDS = 600;

function checkRequest(request: string | null, errors: FieldErrors): void {
  try {
    checkRequestSignature(parseCertificateRequest(request ?? ""));
  } catch (error) {
    if (!(error instanceof CertificateRequestError)) throw error;
    errors.invalid("spec.request", request, error.message);
  }
}

function checkUsages(usages: readonly string[], errors: FieldErrors): void {
  if (usages.length === 0) errors.required("spec.usages");
  for (const [index, usage] of usages.entries())
    if (!USAGES.includes(usage)) errors.notSupported(`spec.usages[${index}]`, usage, USAGES);
  for (const [index, usage] of usages.entries())
    if (usages.indexOf(usage) !== index) errors.duplicate(`spec.usages[${index}]`, usage);
}

/** What is wrong with a spec, as upstream's `ValidateCertificateSigningRequest` tells it. */
export function checkSpec(spec: CertificateSigningRequestSpec, errors: FieldErrors): void {
  checkRequest(spec.request, errors);
  checkUsages(spec.usages ?? [], errors);
  const { signerName, expirationSeconds } = spec;
  if (signerName === SIGNERS.legacyUnknown)
    errors.invalid("spec.signerName", signerName, "the legacy signerName is not allowed via this API version");
  else checkSignerName(signerName, "spec.signerName", errors);
  if (expirationSeconds !== undefined && expirationSeconds < LEAST_SECONDS) {
    const detail = "may not specify a duration less than 600 seconds (10 minutes)";
    errors.invalid("spec.expirationSeconds", expirationSeconds, detail);
  }
}
