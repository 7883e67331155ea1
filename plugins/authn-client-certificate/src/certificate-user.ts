import type { PeerCertificate } from "node:tls";
import type { UserInfo } from "@quarterdeck/meta";

/** The OID of a subject attribute that carries the uid, as upstream reads it. */
const UID_OID = "1.3.6.1.4.1.57683.2";

/** A certificate with several uids, which could be taken for any of them. */
class AmbiguousUidError extends Error {
  constructor() {
    super("expected 1 UID, but found multiple");
    this.name = "AmbiguousUidError";
  }
}

function many(part: string | readonly string[] | undefined): readonly string[] {
  if (part === undefined) return [];
  return typeof part === "string" ? [part] : part;
}

/**
 * Common name → user, organisations → groups, the fingerprint → `authentication.kubernetes.io/credential-id`;
 * undefined when the subject has no common name; throws when it has several uids. Only for certificates whose chain has been verified.
 */
export function certificateUser(certificate: PeerCertificate): UserInfo | undefined {
  const subject: { readonly [part: string]: string | readonly string[] | undefined } = { ...certificate.subject };
  // The last one counts, as upstream reads a subject.
  const name = many(subject.CN).at(-1);
  if (name === undefined || name === "") return undefined;
  const uids = many(subject[UID_OID]);
  if (uids.length > 1) throw new AmbiguousUidError();
  const [uid] = uids;
  const fingerprint = certificate.fingerprint256.replaceAll(":", "").toLowerCase();
  return {
    name,
    ...(uid === undefined ? {} : { uid }),
    groups: many(subject.O),
    extra: { "authentication.kubernetes.io/credential-id": [`X509SHA256=${fingerprint}`] },
  };
}
