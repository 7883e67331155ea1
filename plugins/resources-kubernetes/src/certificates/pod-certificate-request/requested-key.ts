import { constants, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { FieldErrors } from "@quarterdeck/meta";
import type { PodCertificateRequestSpec } from "../../types/certificates-v1beta1.js";
import {
  type CertificateRequest,
  CertificateRequestError,
  checkRequestSignature,
  parseCertificateRequestDer,
} from "../certificate-request.js";

const MAX_BYTES = 10 * 1024;
const MODULUS_BITS: readonly (number | undefined)[] = [3072, 4096];
/** Curves as Go calls them; it knows no others. */
const CURVES: ReadonlyMap<string, string> = new Map([
  ["secp224r1", "P-224"],
  ["prime256v1", "P-256"],
  ["secp384r1", "P-384"],
  ["secp521r1", "P-521"],
]);
const UNKNOWN_KEY = "unknown public key type; supported types are Ed25519, ECDSA, and RSA";

/** The paths of the fields that keys are in. */
export const KEY_PATHS = {
  stub: "spec.stubPKCS10Request",
  key: "spec.pkixPublicKey",
  proof: "spec.proofOfPossession",
} as const;

/** Messages that upstream sends without the value. */
function invalidWithoutValue(path: string, detail: string, errors: FieldErrors): void {
  errors.add("FieldValueInvalid", path, `Invalid value: ${detail}`);
}

function readRequest(base64: string): CertificateRequest | undefined {
  try {
    return parseCertificateRequestDer(Buffer.from(base64, "base64"));
  } catch (error) {
    if (error instanceof CertificateRequestError) return undefined;
    throw error;
  }
}

function readKey(base64: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(base64, "base64"), format: "der", type: "spki" });
  } catch {
    return undefined;
  }
}

/** The key that a certificate is asked for; undefined when it cannot be read. */
export function requestedKey({ stubPKCS10Request, pkixPublicKey }: PodCertificateRequestSpec): KeyObject | undefined {
  return stubPKCS10Request ? readRequest(stubPKCS10Request)?.publicKey : readKey(pkixPublicKey ?? "");
}

/** Whether a key is of a kind that is trusted; false when it has said that it is not. */
function checkKind(key: KeyObject, path: string, curves: string, errors: FieldErrors): boolean {
  const { namedCurve = "", modulusLength } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "ed25519") return true;
  if (key.asymmetricKeyType === "ec") {
    const curve = CURVES.get(namedCurve) ?? namedCurve;
    if (curve !== "P-224" && CURVES.has(namedCurve)) return true;
    errors.invalid(path, `curve ${curve}`, `elliptic public keys must use curve ${curves}`);
    return false;
  }
  if (key.asymmetricKeyType === "rsa") {
    if (MODULUS_BITS.includes(modulusLength)) return true;
    errors.invalid(path, `${modulusLength}-bit modulus`, "RSA keys must have modulus size 3072 or 4096");
    return false;
  }
  invalidWithoutValue(path, UNKNOWN_KEY, errors);
  return false;
}

function proves(key: KeyObject, podUID: string, proof: Buffer): boolean {
  const message = Buffer.from(podUID);
  if (key.asymmetricKeyType === "ed25519") return verify(null, message, key, proof);
  if (key.asymmetricKeyType === "ec") return verify("sha256", message, key, proof);
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify("sha256", message, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_AUTO }, proof);
}

function checkStub(base64: string, errors: FieldErrors): void {
  const path = KEY_PATHS.stub;
  if (Buffer.byteLength(base64, "base64") > MAX_BYTES) {
    errors.tooLong(path, MAX_BYTES);
    return;
  }
  const request = readRequest(base64);
  if (request === undefined) {
    invalidWithoutValue(path, "must be a valid PKCS#10 CSR", errors);
    return;
  }
  if (!checkKind(request.publicKey, path, "P256, P384, or P521", errors)) return;
  try {
    checkRequestSignature(request);
  } catch (error) {
    if (!(error instanceof CertificateRequestError)) throw error;
    invalidWithoutValue(path, "invalid signature", errors);
  }
}

function checkKeyAndProof(base64: string, proof: string, podUID: string, errors: FieldErrors): void {
  for (const [path, value] of [
    [KEY_PATHS.key, base64],
    [KEY_PATHS.proof, proof],
  ] as const) {
    if (Buffer.byteLength(value, "base64") <= MAX_BYTES) continue;
    errors.tooLong(path, MAX_BYTES);
    return;
  }
  const key = readKey(base64);
  if (key === undefined) errors.invalid(KEY_PATHS.key, base64, "must be a valid PKIX-serialized public key");
  else if (checkKind(key, KEY_PATHS.key, "P256 or P384", errors) && !proves(key, podUID, Buffer.from(proof, "base64")))
    invalidWithoutValue(KEY_PATHS.proof, "could not verify proof-of-possession signature", errors);
}

/** The key, which whoever asks must have: a request that it has signed, or itself and the pod's UID that it has signed. */
export function checkRequestedKey(spec: PodCertificateRequestSpec, errors: FieldErrors): void {
  const { stubPKCS10Request: stub, pkixPublicKey: key, proofOfPossession: proof, podUID } = spec;
  if (stub && !key && !proof) checkStub(stub, errors);
  else if (!stub && key && proof) checkKeyAndProof(key, proof, podUID, errors);
  else
    invalidWithoutValue(
      "spec",
      "exactly one of (stubPKCS10Request) or (pkixPublicKey, proofOfPossession) must be set",
      errors,
    );
}
