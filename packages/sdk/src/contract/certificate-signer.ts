import { INJECTION_TOKEN } from "../plugin/injection-token.js";

/** What a PKCS#10 request asks for, as signers judge it. */
export interface AskedCertificate {
  readonly commonName: string;
  readonly organizations: readonly string[];
  readonly dns: readonly string[];
  readonly ips: readonly string[];
  readonly emails: readonly string[];
  readonly uris: readonly string[];
}

/** What a certificate is issued with besides the request. */
export interface SigningPolicy {
  /** As a CertificateSigningRequest names them: `client auth`, `digital signature`. */
  readonly usages: readonly string[];
  /** Milliseconds. */
  readonly duration: number;
  readonly now: Date;
}

/**
 * Signs certificates by the server's own authority, whose key nobody else sees. It signs whatever it is given: to judge a
 * request is the caller's business, by what `read` says of it. A {@link Services} service of the server.
 */
export abstract class CertificateSigner {
  static readonly [INJECTION_TOKEN]: string = "certificate-signer";
  /** Reads a request in PEM, exactly as `sign` will; rejects for what is none. */
  abstract read(request: string): Promise<AskedCertificate>;
  /** A certificate in PEM for the key, the subject and the alternative names of the request, never beyond the authority's end. */
  abstract sign(request: string, policy: SigningPolicy): Promise<string>;
}
