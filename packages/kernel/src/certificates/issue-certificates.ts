import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { KeyPair } from "./key-pair.js";
import type { SubjectNames } from "./subject-names.js";

// Imported only when a certificate is missing or has to be renewed: loading it costs more than making the keys.

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY = 86_400_000;
const CA_DAYS = 3650;
const LEAF_DAYS = 365;
// Clocks of clients may be behind.
const SKEW = 3_600_000;

x509.cryptoProvider.set(webcrypto);

/** A new serial number, in hex. */
export function serialNumber(): string {
  const bytes = Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)));
  // Positive and without leading zeros, as RFC 5280 asks.
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString("hex");
}

function keys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

async function pem(certificate: x509.X509Certificate, key: webcrypto.CryptoKey): Promise<KeyPair> {
  const pkcs8 = await webcrypto.subtle.exportKey("pkcs8", key);
  return {
    certificate: `${certificate.toString("pem")}\n`,
    key: `${x509.PemConverter.encode(pkcs8, "PRIVATE KEY")}\n`,
  };
}

/** A new certificate authority of a common name: ECDSA P-256, ten years. */
export async function issueAuthority(now: Date, commonName = "quarterdeck-ca"): Promise<KeyPair> {
  const pair = await keys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [commonName] }],
    notBefore: new Date(now.getTime() - SKEW),
    notAfter: new Date(now.getTime() + CA_DAYS * DAY),
    signingAlgorithm: ALGORITHM,
    keys: pair,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign | x509.KeyUsageFlags.digitalSignature,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(pair.publicKey),
    ],
  });
  return pem(certificate, pair.privateKey);
}

/** The key of an authority of ours, to sign with. */
export function signingKeyOf({ key }: KeyPair): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey("pkcs8", x509.PemConverter.decodeFirst(key), ALGORITHM, false, ["sign"]);
}

async function leaf(
  authority: KeyPair,
  subject: x509.JsonName,
  usage: x509.ExtendedKeyUsage,
  extra: x509.Extension[],
  now: Date,
): Promise<KeyPair> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const signingKey = await signingKeyOf(authority);
  const pair = await keys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject,
    issuer: issuer.subjectName.toJSON(),
    notBefore: new Date(now.getTime() - SKEW),
    notAfter: new Date(now.getTime() + LEAF_DAYS * DAY),
    signingAlgorithm: ALGORITHM,
    publicKey: pair.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([usage]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...extra,
    ],
  });
  return pem(certificate, pair.privateKey);
}

/** A serving certificate for these names, one year. */
export function issueServing(authority: KeyPair, names: SubjectNames, now: Date): Promise<KeyPair> {
  const san = new x509.SubjectAlternativeNameExtension([
    ...names.dns.map((value) => ({ type: "dns" as const, value })),
    ...names.ip.map((value) => ({ type: "ip" as const, value })),
  ]);
  return leaf(authority, [{ CN: ["quarterdeck"] }], x509.ExtendedKeyUsage.serverAuth, [san], now);
}

/** A client certificate of a user in these groups, one year. */
export function issueClient(authority: KeyPair, user: string, groups: readonly string[], now: Date): Promise<KeyPair> {
  const subject = [...groups.map((group) => ({ O: [group] })), { CN: [user] }];
  return leaf(authority, subject, x509.ExtendedKeyUsage.clientAuth, [], now);
}

/** What a certificate request asks for. */
export interface RequestedSubject {
  readonly user: string;
  readonly groups?: readonly string[];
  readonly names?: Partial<SubjectNames> & { readonly email?: readonly string[]; readonly url?: readonly string[] };
}

/** A PKCS#10 request in PEM with its key, as somebody makes it who wants a certificate. */
export async function requestCertificate({
  user,
  groups = [],
  names = {},
}: RequestedSubject): Promise<{ readonly request: string; readonly key: string }> {
  const pair = await keys();
  const san = (["dns", "ip", "email", "url"] as const).flatMap((type) =>
    (names[type] ?? []).map((value) => ({ type, value })),
  );
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: [...groups.map((group) => ({ O: [group] })), { CN: [user] }],
    keys: pair,
    signingAlgorithm: ALGORITHM,
    extensions: san.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(san)],
  });
  const pkcs8 = await webcrypto.subtle.exportKey("pkcs8", pair.privateKey);
  return { request: `${request.toString("pem")}\n`, key: `${x509.PemConverter.encode(pkcs8, "PRIVATE KEY")}\n` };
}
