import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { DER, DerError, derAt, derElements, oidText } from "./der.js";
import { pemBlocks } from "./pem-blocks.js";
import {
  type RequestAlternativeNames,
  type RequestSubject,
  readAlternativeNames,
  readSubject,
} from "./request-names.js";

/** A PKCS#10 certificate signing request. */
export interface CertificateRequest {
  readonly subject: RequestSubject;
  readonly names: RequestAlternativeNames;
  readonly publicKey: KeyObject;
  /** The bytes that the key of the request has signed. */
  readonly signed: Buffer;
  readonly signature: Buffer;
  /** The OID of the signature's algorithm. */
  readonly algorithm: string;
}

/** What is wrong with a request, in a sentence. */
export class CertificateRequestError extends Error {
  override readonly name = "CertificateRequestError";
}

/** Hashes by the OID of a signature algorithm; null where the algorithm has its own. */
const HASHES: ReadonlyMap<string, string | null> = new Map([
  ["1.2.840.113549.1.1.5", "sha1"],
  ["1.2.840.113549.1.1.11", "sha256"],
  ["1.2.840.113549.1.1.12", "sha384"],
  ["1.2.840.113549.1.1.13", "sha512"],
  ["1.2.840.10045.4.1", "sha1"],
  ["1.2.840.10045.4.3.2", "sha256"],
  ["1.2.840.10045.4.3.3", "sha384"],
  ["1.2.840.10045.4.3.4", "sha512"],
  ["1.3.101.112", null],
]);

const TYPE = "CERTIFICATE REQUEST";
/** The attributes: context tag 0, constructed. */
const ATTRIBUTES = 0xa0;

function derOf(pem: string): Buffer {
  const [first] = pemBlocks(pem);
  if (first?.type !== TYPE) throw new CertificateRequestError(`PEM block type must be ${TYPE}`);
  return first.der;
}

function parse(der: Buffer): CertificateRequest {
  const outer = derElements(der);
  if (outer.length > 1) throw new CertificateRequestError("trailing data");
  const parts = derElements(derAt(outer, 0, DER.sequence).content);
  const info = derAt(parts, 0, DER.sequence);
  const algorithm = oidText(derAt(derElements(derAt(parts, 1, DER.sequence).content), 0, DER.oid));
  const signature = derAt(parts, 2, DER.bitString).content;
  // It says how many bits of the last byte are not used; signatures use all.
  if (signature[0] !== 0) throw new DerError("invalid signature");
  const fields = derElements(info.content);
  derAt(fields, 0, DER.integer);
  const attributes = fields[3] === undefined ? undefined : derAt(fields, 3, ATTRIBUTES);
  return {
    subject: readSubject(derAt(fields, 1, DER.sequence)),
    names: readAlternativeNames(attributes),
    publicKey: createPublicKey({ key: derAt(fields, 2, DER.sequence).raw, format: "der", type: "spki" }),
    signed: info.raw,
    signature: signature.subarray(1),
    algorithm,
  };
}

/** Reads a request in DER; throws a {@link CertificateRequestError}. */
export function parseCertificateRequestDer(der: Buffer): CertificateRequest {
  try {
    return parse(der);
  } catch (error) {
    if (error instanceof CertificateRequestError) throw error;
    const why = error instanceof DerError ? error.message : "its public key cannot be read";
    throw new CertificateRequestError(`malformed certificate request: ${why}`, { cause: error });
  }
}

/** Reads the base64 of a PEM file with a request; throws a {@link CertificateRequestError}. */
export function parseCertificateRequest(base64: string): CertificateRequest {
  return parseCertificateRequestDer(derOf(Buffer.from(base64, "base64").toString("latin1")));
}

/** Throws a {@link CertificateRequestError} when the owner of the public key has not signed the request. */
export function checkRequestSignature({ algorithm, signed, publicKey, signature }: CertificateRequest): void {
  const hash = HASHES.get(algorithm);
  if (hash === undefined) throw new CertificateRequestError("x509: cannot verify signature: algorithm unimplemented");
  let right = false;
  try {
    right = verify(hash, signed, publicKey, signature);
  } catch {
    // A signature that does not fit the key.
  }
  if (!right) throw new CertificateRequestError("x509: the signature of the request is not by its key");
}
