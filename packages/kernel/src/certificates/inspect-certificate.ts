import { createPrivateKey, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
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

/** True when a serving certificate is good for the bind address; a wildcard is covered by any. */
export function covers(pair: KeyPair, bind: string): boolean {
  if (isWildcard(bind)) return true;
  const certificate = new X509Certificate(pair.certificate);
  return (isIP(bind) === 0 ? certificate.checkHost(bind) : certificate.checkIP(bind)) !== undefined;
}
