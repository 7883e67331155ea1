import { createSecureContext, type SecureContext, type SecureContextOptions } from "node:tls";

/** Those of TLS 1.3, and of TLS 1.2 those with forward secrecy that authenticate what they encrypt. */
const CIPHERS = [
  "TLS_AES_128_GCM_SHA256",
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
].join(":");

/** A certificate that is presented to clients which ask for one of these names. */
interface NamedCredentials {
  /** Lower-case DNS names; `*.example.com` stands for one label. */
  readonly names: readonly string[];
  /** PEM, the certificate first, then its chain. */
  readonly certificate: string | Buffer;
  /** PEM. */
  readonly key: string | Buffer;
}

/** What a server presents and whom it trusts; may be exchanged while it runs. */
export interface TlsCredentials {
  /** PEM, the certificate first, then its chain. */
  readonly certificate: string | Buffer;
  /** PEM. */
  readonly key: string | Buffer;
  /** PEM of the CAs that client certificates are verified with; without it none is trusted. */
  readonly clientCa?: string | Buffer | undefined;
  /** Certificates by the name that a client asks for; of two for a name the first counts. */
  readonly sni?: readonly NamedCredentials[] | undefined;
}

/** What stays as long as the server does. */
export interface TlsProtocol {
  /** Default: `TLSv1.2`; nothing older can be had. */
  readonly minVersion?: "TLSv1.2" | "TLSv1.3" | undefined;
  /** In OpenSSL's words, those of TLS 1.3 among them; default: the modern ones. */
  readonly ciphers?: string | undefined;
}

/** The options of one TLS context. */
export function contextOptions(
  { certificate, key }: Pick<TlsCredentials, "certificate" | "key">,
  clientCa: TlsCredentials["clientCa"],
  protocol: TlsProtocol,
): SecureContextOptions {
  return {
    cert: certificate,
    key,
    // Without `ca` Node would trust clients with a certificate of any public authority.
    ca: clientCa ?? [],
    minVersion: protocol.minVersion ?? "TLSv1.2",
    ciphers: protocol.ciphers ?? CIPHERS,
    honorCipherOrder: true,
  };
}

/** The TLS contexts of the names that a server has certificates of their own for. */
export class ServerNames {
  readonly #contexts = new Map<string, SecureContext>();

  /** Throws for a certificate that cannot be read or does not belong to its key. */
  constructor({ sni = [], clientCa }: TlsCredentials, protocol: TlsProtocol) {
    for (const one of sni) {
      const context = createSecureContext(contextOptions(one, clientCa, protocol));
      for (const name of one.names) if (!this.#contexts.has(name)) this.#contexts.set(name, context);
    }
  }

  /** The context for the name that a client asks for, exact names before wildcards; undefined for the server's own. */
  find(serverName: string): SecureContext | undefined {
    if (this.#contexts.size === 0) return undefined;
    const name = serverName.toLowerCase();
    return this.#contexts.get(name) ?? this.#contexts.get(name.replace(/^[^.]*/, "*"));
  }
}
