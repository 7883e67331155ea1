import type { TlsCredentials, TlsProtocol } from "@quarterdeck/http";
import { opensslCiphers } from "../config/cipher-suites.js";
import type { ResolvedServer } from "../config/resolved-config.js";
import type { ServerCertificates } from "./server-certificates.js";

/** What the listener presents, and whom it trusts: the authorities of users and of front proxies alike. */
export function tlsCredentials({ serving, sni, clientCas, frontProxyCas }: ServerCertificates): TlsCredentials {
  return {
    certificate: serving.certificate,
    key: serving.key,
    sni: sni.map(({ names, certificate, key }) => ({ names, certificate, key })),
    clientCa: [...clientCas, ...frontProxyCas].join("\n"),
  };
}

/** How the listener speaks TLS. */
export function tlsProtocol({ tlsMinVersion, tlsCipherSuites }: ResolvedServer): TlsProtocol {
  return {
    minVersion: tlsMinVersion === "VersionTLS13" ? "TLSv1.3" : "TLSv1.2",
    ciphers: opensslCiphers(tlsCipherSuites),
  };
}
