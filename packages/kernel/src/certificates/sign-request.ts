import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import type { AskedCertificate, SigningPolicy } from "@quarterdeck/sdk";
import { serialNumber, signingKeyOf } from "./issue-certificates.js";
import type { KeyPair } from "./key-pair.js";

// Imported only when a controller has a request to look at.

const MINUTE = 60_000;
/** Clocks of those who look at the certificate may be behind. */
const BACKDATE = 5 * MINUTE;
/** Below that, backdating must not shorten the life of a certificate. */
const SHORT = 8 * 60 * MINUTE;

const KEY_USAGES: ReadonlyMap<string, x509.KeyUsageFlags> = new Map([
  ["signing", x509.KeyUsageFlags.digitalSignature],
  ["digital signature", x509.KeyUsageFlags.digitalSignature],
  ["content commitment", x509.KeyUsageFlags.nonRepudiation],
  ["key encipherment", x509.KeyUsageFlags.keyEncipherment],
  ["key agreement", x509.KeyUsageFlags.keyAgreement],
  ["data encipherment", x509.KeyUsageFlags.dataEncipherment],
  ["cert sign", x509.KeyUsageFlags.keyCertSign],
  ["crl sign", x509.KeyUsageFlags.cRLSign],
  ["encipher only", x509.KeyUsageFlags.encipherOnly],
  ["decipher only", x509.KeyUsageFlags.decipherOnly],
]);

const EXTENDED_USAGES: ReadonlyMap<string, string> = new Map([
  ["any", "2.5.29.37.0"],
  ["server auth", x509.ExtendedKeyUsage.serverAuth],
  ["client auth", x509.ExtendedKeyUsage.clientAuth],
  ["code signing", x509.ExtendedKeyUsage.codeSigning],
  ["email protection", x509.ExtendedKeyUsage.emailProtection],
  ["s/mime", x509.ExtendedKeyUsage.emailProtection],
  ["ipsec end system", "1.3.6.1.5.5.7.3.5"],
  ["ipsec tunnel", "1.3.6.1.5.5.7.3.6"],
  ["ipsec user", "1.3.6.1.5.5.7.3.7"],
  ["timestamping", x509.ExtendedKeyUsage.timeStamping],
  ["ocsp signing", x509.ExtendedKeyUsage.ocspSigning],
  ["microsoft sgc", "1.3.6.1.4.1.311.10.3.3"],
  ["netscape sgc", "2.16.840.1.113730.4.1"],
]);

/** The parts of a subject that a certificate takes over, in the order in which Go writes them. */
const SUBJECT_PARTS = ["C", "O", "OU", "L", "ST", "CN"] as const;

function alternativeNames(request: x509.Pkcs10CertificateRequest): readonly x509.GeneralName[] {
  const extension = request.getExtension("2.5.29.17");
  if (extension === null) return [];
  return new x509.SubjectAlternativeNameExtension(extension.rawData).names.items;
}

/** Reads a request in PEM; throws for what is none. Of several common names the last counts, as Go has it. */
export function readAsked(pem: string): AskedCertificate {
  const request = new x509.Pkcs10CertificateRequest(pem);
  const names = alternativeNames(request);
  const of = (type: string): readonly string[] => names.flatMap((name) => (name.type === type ? [name.value] : []));
  return {
    commonName: request.subjectName.getField("CN").at(-1) ?? "",
    organizations: request.subjectName.getField("O"),
    dns: of("dns"),
    ips: of("ip"),
    emails: of("email"),
    uris: of("url"),
  };
}

/** A name that would be another one in the certificate. */
class EncodedNameError extends Error {
  override readonly name = "EncodedNameError";
}

function subjectOf(request: x509.Pkcs10CertificateRequest): x509.JsonName {
  const { subjectName } = request;
  return SUBJECT_PARTS.flatMap((part) => {
    const values = subjectName.getField(part);
    // The generator takes what begins so for the hex of another value: of `system:masters`, for one.
    if (values.some((value) => value.startsWith("#"))) throw new EncodedNameError(`${part} must not begin with #`);
    // A second common name must not be read by somebody as the first.
    return (part === "CN" ? values.slice(-1) : values).map((value) => ({ [part]: [value] }));
  });
}

function validity({ duration, now }: SigningPolicy, end: Date) {
  const notAfter = now.getTime() + duration - (duration < SHORT ? 0 : BACKDATE);
  return {
    notBefore: new Date(now.getTime() - BACKDATE),
    notAfter: new Date(Math.min(notAfter, end.getTime())),
  };
}

/** An authority that has expired signs nothing. */
class ExpiredAuthorityError extends Error {
  override readonly name = "ExpiredAuthorityError";
}

/**
 * Signs a request in PEM: its key, its subject and its alternative names, for the usages of the policy and never beyond the
 * authority's own end; other extensions that it asks for are left out. Upstream's `PermissiveSigningPolicy`.
 */
export async function signRequest(authority: KeyPair, pem: string, policy: SigningPolicy): Promise<string> {
  const request = new x509.Pkcs10CertificateRequest(pem);
  if (!(await request.verify())) throw new TypeError("the signature of the request is not by its key");
  const issuer = new x509.X509Certificate(authority.certificate);
  if (policy.now >= issuer.notAfter)
    throw new ExpiredAuthorityError(`the signer has expired: ${issuer.notAfter.toISOString()}`);
  const flags = policy.usages.reduce((all, usage) => all | (KEY_USAGES.get(usage) ?? 0), 0);
  const extended = [...new Set(policy.usages.flatMap((usage) => EXTENDED_USAGES.get(usage) ?? []))];
  const names = alternativeNames(request).filter(({ type }) => ["dns", "ip", "email", "url"].includes(type));
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: subjectOf(request),
    issuer: issuer.subjectName.toJSON(),
    ...validity(policy, issuer.notAfter),
    signingAlgorithm: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
    publicKey: request.publicKey,
    signingKey: await signingKeyOf(authority),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      ...(flags === 0 ? [] : [new x509.KeyUsagesExtension(flags, true)]),
      ...(extended.length === 0 ? [] : [new x509.ExtendedKeyUsageExtension(extended)]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...(names.length === 0
        ? []
        : [new x509.SubjectAlternativeNameExtension(names.map(({ type, value }) => ({ type, value })))]),
    ],
  });
  return `${certificate.toString("pem")}\n`;
}
