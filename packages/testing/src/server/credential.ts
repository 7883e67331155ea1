/** A client certificate and its key, PEM. */
export interface ClientCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Who a request comes from: the admin of the test server, nobody, the bearer of a token, or the owner of a certificate. */
export type Credential = "admin" | "anonymous" | { readonly token: string } | ClientCertificate;
