import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import { type PemBlock, pemBlocks } from "../../certificates/pem-blocks.js";

const KEY = "PRIVATE KEY";
const CERTIFICATE = "CERTIFICATE";
const KINDS: ReadonlySet<string | undefined> = new Set(["rsa", "ec", "ed25519"]);

function skipped(blocks: readonly PemBlock[]): string {
  return `after skipping PEM blocks of the following types: [${blocks.map(({ type }) => type).join(" ")}]`;
}

function noCertificate(blocks: readonly PemBlock[]): string {
  const [first, second] = blocks;
  if (first === undefined) return "tls: failed to find any PEM data in certificate input";
  if (second === undefined && first.type.endsWith(KEY))
    return (
      "tls: failed to find certificate PEM data in certificate input, but did find a private key; " +
      "PEM inputs may have been switched"
    );
  return `tls: failed to find "${CERTIFICATE}" PEM block in certificate input ${skipped(blocks)}`;
}

function noKey(blocks: readonly PemBlock[]): string {
  const [first, second] = blocks;
  if (first === undefined) return "tls: failed to find any PEM data in key input";
  if (second === undefined && first.type === CERTIFICATE)
    return "tls: found a certificate rather than a key in the PEM for the private key";
  return `tls: failed to find PEM block with type ending in "${KEY}" in key input ${skipped(blocks)}`;
}

function publicKeyOf(der: Buffer): KeyObject | undefined {
  try {
    return new X509Certificate(der).publicKey;
  } catch {
    return undefined;
  }
}

/** The key in whichever of the three forms it has, whatever the PEM says. */
function privateKeyOf(key: Buffer): KeyObject | undefined {
  for (const type of ["pkcs1", "pkcs8", "sec1"] as const)
    try {
      return createPrivateKey({ key, format: "der", type });
    } catch {
      // perhaps it is one of the next form
    }
  return undefined;
}

/**
 * What stands in the way of serving TLS with a certificate and a key, both PEM files; undefined when nothing does. The words of Go's
 * `tls.X509KeyPair`.
 */
export function keyPairProblem(certificate: string, key: string): string | undefined {
  const chain = [...pemBlocks(certificate)];
  const leaf = chain.find(({ type }) => type === CERTIFICATE);
  if (leaf === undefined) return noCertificate(chain);
  const blocks = [...pemBlocks(key)];
  const found = blocks.find(({ type }) => type === KEY || type.endsWith(` ${KEY}`));
  if (found === undefined) return noKey(blocks);
  const wanted = publicKeyOf(leaf.der);
  if (wanted === undefined) return "x509: malformed certificate";
  const own = privateKeyOf(found.der);
  if (own === undefined) return "tls: failed to parse private key";
  if (!KINDS.has(own.asymmetricKeyType)) return "tls: found unknown private key type in PKCS#8 wrapping";
  if (!KINDS.has(wanted.asymmetricKeyType)) return "tls: unknown public key algorithm";
  if (own.asymmetricKeyType !== wanted.asymmetricKeyType) return "tls: private key type does not match public key type";
  return createPublicKey(own).equals(wanted) ? undefined : "tls: private key does not match public key";
}
