import { createPrivateKey, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { reasonOf } from "@quarterdeck/meta";
import type { KeyPair } from "./key-pair.js";
import { isWildcard } from "./subject-names.js";

const DAY = 86_400_000;
/** A certificate is renewed at a start when it has fewer days left. */
const RENEW_DAYS = 30;

/** True when the pair can be read, belongs together, was issued by the authority and lasts long enough. */
export function isUsable(pair: KeyPair | undefined, authority: KeyPair | undefined, now: Date): pair is KeyPair {
  if (pair === undefined) return false;
  try {
    const certificate = new X509Certificate(pair.certificate);
    if (Date.parse(certificate.validTo) < now.getTime() + RENEW_DAYS * DAY) return false;
    if (!certificate.checkPrivateKey(createPrivateKey(pair.key))) return false;
    return authority === undefined || certificate.verify(new X509Certificate(authority.certificate).publicKey);
  } catch {
    return false;
  }
}

/** Why a pair cannot be used together; undefined when it can. */
export function pairProblem(pair: KeyPair): string | undefined {
  try {
    if (new X509Certificate(pair.certificate).checkPrivateKey(createPrivateKey(pair.key))) return undefined;
    return "the certificate does not belong to the key";
  } catch (error) {
    return reasonOf(error);
  }
}

/** The DNS names of a certificate in lower case, those of its common name when it has no alternative names. */
export function dnsNames(pem: string): readonly string[] {
  const { subjectAltName, subject } = new X509Certificate(pem);
  const names = (subjectAltName ?? "").split(/, ?/).filter((one) => one.startsWith("DNS:"));
  if (names.length > 0) return names.map((one) => one.slice("DNS:".length).toLowerCase());
  const name = /^CN=([A-Za-z0-9.*-]+)$/m.exec(subject)?.[1];
  return name === undefined ? [] : [name.toLowerCase()];
}

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** Why a bundle of authorities cannot be used; undefined when it can. */
export function bundleProblem(pem: string): string | undefined {
  const blocks = pem.match(BLOCK) ?? [];
  if (blocks.length === 0) return "holds no certificate in PEM";
  try {
    for (const block of blocks) new X509Certificate(block);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** True when a serving certificate is good for the bind address; a wildcard is covered by any. */
export function covers(pair: KeyPair, bind: string): boolean {
  if (isWildcard(bind)) return true;
  const certificate = new X509Certificate(pair.certificate);
  return (isIP(bind) === 0 ? certificate.checkHost(bind) : certificate.checkIP(bind)) !== undefined;
}
