import type { X509Certificate } from "node:crypto";

/** As many certificates as OpenSSL would follow by far; what presents more is not honest. */
const MAX_CHAIN = 10;

function endOf(certificate: X509Certificate): number {
  return Date.parse(certificate.validTo);
}

function isInForce(certificate: X509Certificate, now: number): boolean {
  return Date.parse(certificate.validFrom) <= now && now <= endOf(certificate);
}

function isSignedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  return authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
}

/**
 * When the trust in a certificate ends, in milliseconds since 1970: the first end of its chain up to one of the
 * authorities. Undefined when no chain leads to one now. The chain is what the peer sent along, `issuerCertificate` by
 * `issuerCertificate`; signatures, validity and the right to sign are checked on the way, everything else TLS has checked.
 */
export function trustedUntil(
  leaf: X509Certificate,
  authorities: readonly X509Certificate[],
  now: number,
): number | undefined {
  let certificate = leaf;
  let end = Number.POSITIVE_INFINITY;
  for (let depth = 0; depth < MAX_CHAIN; depth++) {
    if (!isInForce(certificate, now)) return undefined;
    end = Math.min(end, endOf(certificate));
    for (const authority of authorities) {
      if (isInForce(authority, now) && isSignedBy(certificate, authority)) return Math.min(end, endOf(authority));
    }
    const next = certificate.issuerCertificate;
    if (next === undefined || next.fingerprint256 === certificate.fingerprint256) return undefined;
    if (!isSignedBy(certificate, next)) return undefined;
    certificate = next;
  }
  return undefined;
}
