import { METADATA } from "./object-fields.js";
import type { TypeDescriptions } from "./type-descriptions.js";

/** What types of certificates.k8s.io/v1 and their fields are, for `kubectl explain`. */
export const CERTIFICATES_V1: TypeDescriptions = {
  CertificateSigningRequest: {
    "": "CertificateSigningRequest asks for a certificate: somebody approves it, and the signer that it names issues it.",
    metadata: METADATA,
    spec: "What is asked for; it cannot be changed.",
    status: "What became of the request.",
  },
  CertificateSigningRequestSpec: {
    "": "CertificateSigningRequestSpec is what is asked for, and who asks.",
    request: "A PKCS#10 request in PEM.",
    signerName: "Who is to sign: a domain and a path, such as example.com/signer.",
    expirationSeconds: "For how many seconds the certificate is wanted, at least 600; the signer may choose less.",
    usages: "What the key may be used for, such as `digital signature` and `client auth`.",
    username: "Who asked; the server says it.",
    uid: "The uid of who asked; the server says it.",
    groups: "The groups of who asked; the server says it.",
    extra: "What else is known of who asked; the server says it.",
  },
  CertificateSigningRequestStatus: {
    "": "CertificateSigningRequestStatus is what became of a request.",
    conditions: "Approved and Denied are written through /approval, Failed through /status; none is ever taken away.",
    certificate: "The issued certificate with its chain, PEM; written once, through /status.",
  },
  CertificateSigningRequestCondition: {
    "": "CertificateSigningRequestCondition is one decision on a request.",
    type: "Approved, Denied or Failed; one condition of each type.",
    status: "True, False or Unknown; True alone for the three known types.",
    reason: "The cause in one word.",
    message: "The cause in a sentence.",
    lastUpdateTime: "When the condition was last written.",
    lastTransitionTime: "When the status last changed.",
  },
};
