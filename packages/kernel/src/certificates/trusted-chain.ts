import type { X509Certificate } from "node:crypto";
import { certificateVersion } from "./certificate-version.js";

/** As many certificates as OpenSSL would follow by far; what presents more is not honest. */
const MAX_CHAIN = 10;

function endOf(certificate: X509Certificate): number {
  return Date.parse(certificate.validTo);
}

function isInForce(certificate: X509Certificate, now: number): boolean {
  return Date.parse(certificate.validFrom) <= now && now <= endOf(certificate);
}

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/**
 * True for an authority that was named as one and may sign: what is of X.509 version 1 or 2 has no extension to say so
 * with, as with Go. An intermediate has nobody's word for it but its own, so it must always say so.
 */
function maySign(authority: X509Certificate): boolean {
  return authority.ca || certificateVersion(authority.raw) < 3;
}

/**
 * What a peer sent along with its certificate: each signed by the next if the peer is honest. Its own certificate is first.
 * Releases of Node that do not tell the rest (nodejs/node#65579) leave it alone: then nothing is trusted but what the
 * authorities signed themselves.
 */
export function presentedChain(leaf: X509Certificate): readonly X509Certificate[] {
  const chain = [leaf];
  let next = leaf.issuerCertificate;
  while (next !== undefined && chain.length < MAX_CHAIN && next.fingerprint256 !== chain.at(-1)?.fingerprint256) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

/**
 * When the trust in the first certificate of a chain ends, in milliseconds since 1970: the first end on the way to one of
 * the authorities. Undefined when no way leads to one now. Signatures, validity and the right to sign are checked on the
 * way, everything else TLS has checked.
 */
export function trustedUntil(
  chain: readonly X509Certificate[],
  authorities: readonly X509Certificate[],
  now: number,
): number | undefined {
  let end = Number.POSITIVE_INFINITY;
  for (const [index, certificate] of chain.entries()) {
    if (!isInForce(certificate, now)) return undefined;
    end = Math.min(end, endOf(certificate));
    for (const authority of authorities) {
      const trusted = isInForce(authority, now) && maySign(authority) && isSignedBy(certificate, authority);
      if (trusted) return Math.min(end, endOf(authority));
    }
    const next = chain[index + 1];
    if (next === undefined || !next.ca || !isSignedBy(certificate, next)) return undefined;
  }
  return undefined;
}
