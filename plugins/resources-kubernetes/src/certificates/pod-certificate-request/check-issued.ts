import { X509Certificate } from "node:crypto";
import type { FieldErrors } from "@quarterdeck/meta";
import type { PodCertificateRequestSpec, PodCertificateRequestStatus } from "../../types/certificates-v1beta1.js";
import { type PemBlock, pemBlocks } from "../pem-blocks.js";
import { KEY_PATHS, requestedKey } from "./requested-key.js";

const MAX_CHAIN_BYTES = 100 * 1024;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NANOSECONDS = 1_000_000;
const CHAIN = "status.certificateChain";
const NO_BLOCK = "issued certificate chain must contain at least one certificate";
const OTHER_BLOCK = "issued certificate chain must consist entirely of CERTIFICATE PEM blocks";

function readCertificate(der: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

function dnsNameProblem(name: string): string | undefined {
  if (name === "") return "leaf certificate should not contain empty DNSName";
  if (name.includes("..")) return "leaf certificate's DNSName should not contain '..'";
  return name.startsWith(".") || name.endsWith(".")
    ? "leaf certificate's DNSName should not start or end with '.'"
    : undefined;
}

function checkDnsNames({ subjectAltName = "" }: X509Certificate, errors: FieldErrors): void {
  for (const name of subjectAltName.split(", ")) {
    if (!name.startsWith("DNS:")) continue;
    const problem = dnsNameProblem(name.slice(4));
    if (problem !== undefined) errors.invalid(CHAIN, name.slice(4), problem);
  }
}

/** The certificate of the chain that is for the pod; undefined when it has said what is wrong. */
function readLeaf(chain: string, blocks: readonly PemBlock[], errors: FieldErrors): X509Certificate | undefined {
  const [first] = blocks;
  if (Buffer.byteLength(chain) > MAX_CHAIN_BYTES) errors.tooLong(CHAIN, MAX_CHAIN_BYTES);
  else if (first === undefined) errors.invalid(CHAIN, chain, NO_BLOCK);
  else if (first.type !== "CERTIFICATE") errors.invalid(CHAIN, chain, OTHER_BLOCK);
  else {
    const leaf = readCertificate(first.der);
    if (leaf === undefined) errors.invalid(CHAIN, chain, "leaf certificate does not parse as valid X.509");
    return leaf;
  }
  return undefined;
}

function checkKey(leaf: X509Certificate, chain: string, spec: PodCertificateRequestSpec, errors: FieldErrors): void {
  const key = requestedKey(spec);
  if (key === undefined && spec.stubPKCS10Request)
    errors.add("FieldValueInvalid", KEY_PATHS.stub, "Invalid value: must be a valid PKCS#10 CSR");
  else if (key === undefined)
    errors.add("FieldValueInvalid", KEY_PATHS.key, "Invalid value: must be a valid PKIX-serialized public key");
  else if (!leaf.publicKey.equals(key))
    errors.invalid(CHAIN, chain, "leaf certificate was not issued to the requested public key");
}

/** The first thing that is wrong with the times: each is only looked at when those before it are right. */
function checkTimes(
  leaf: X509Certificate,
  status: PodCertificateRequestStatus,
  { maxExpirationSeconds = 0 }: PodCertificateRequestSpec,
  errors: FieldErrors,
): void {
  const { notBefore, notAfter, beginRefreshAt } = status;
  const consistent = "must be present and consistent with the issued certificate";
  if (notBefore === undefined) errors.required("status.notBefore", consistent);
  if (notAfter === undefined) errors.required("status.notAfter", consistent);
  if (beginRefreshAt === undefined)
    errors.required("status.beginRefreshAt", "must be present and in the range [notbefore+10min, notafter-10min]");
  if (notBefore === undefined || notAfter === undefined || beginRefreshAt === undefined) return;
  const [from, to, refresh] = [Date.parse(notBefore), Date.parse(notAfter), Date.parse(beginRefreshAt)];
  const lifetime = Date.parse(leaf.validTo) - Date.parse(leaf.validFrom);
  if (from !== Date.parse(leaf.validFrom))
    errors.invalid("status.notBefore", notBefore, "must be set to the NotBefore time encoded in the leaf certificate");
  else if (Math.abs(from - Date.now()) >= 5 * MINUTE_MS)
    errors.invalid("status.notBefore", notBefore, "must be set to within 5 minutes of kube-apiserver's current time");
  else if (to !== Date.parse(leaf.validTo))
    errors.invalid("status.notAfter", notAfter, "must be set to the NotAfter time encoded in the leaf certificate");
  else if (lifetime < HOUR_MS)
    errors.invalid(CHAIN, lifetime * NANOSECONDS, "leaf certificate lifetime must be >= 1 hour");
  else if (lifetime > maxExpirationSeconds * 1000)
    errors.invalid(
      CHAIN,
      lifetime * NANOSECONDS,
      `leaf certificate lifetime must be <= spec.maxExpirationSeconds (${maxExpirationSeconds})`,
    );
  else if (refresh < from + 10 * MINUTE_MS)
    errors.invalid("status.beginRefreshAt", beginRefreshAt, "must be at least 10 minutes after status.notBefore");
  else if (refresh > to - 10 * MINUTE_MS)
    errors.invalid("status.beginRefreshAt", beginRefreshAt, "must be at least 10 minutes before status.notAfter");
}

/** A certificate that is issued: for the key that was sent, for no longer than was asked, now; as upstream has it. */
export function checkIssued(
  status: PodCertificateRequestStatus,
  spec: PodCertificateRequestSpec,
  errors: FieldErrors,
): void {
  const { certificateChain: chain = "" } = status;
  const blocks = [...pemBlocks(chain)];
  const leaf = readLeaf(chain, blocks, errors);
  if (leaf === undefined) return;
  checkDnsNames(leaf, errors);
  const before = errors.list.length;
  checkKey(leaf, chain, spec, errors);
  if (errors.list.length === before) checkTimes(leaf, status, spec, errors);
  if (!errors.empty) return;
  for (const { type, der } of blocks.slice(1)) {
    if (type === "CERTIFICATE" && readCertificate(der) !== undefined) continue;
    const why =
      type === "CERTIFICATE"
        ? "intermediate certificate does not parse as valid X.509"
        : // upstream's spelling
          "issued certificate chain must consist entirely of CERTFICATE PEM blocks";
    errors.invalid(CHAIN, chain, why);
    return;
  }
}
