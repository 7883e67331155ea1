import { X509Certificate } from "node:crypto";
import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import { type PemBlock, pemBlocks } from "../pem-blocks.js";

const MAX_BYTES = 1_048_576;
const PATH = "spec.trustBundle";

/** What a bundle must be called: after its signer when it has one; upstream's `ValidateClusterTrustBundleName`. */
export function bundleNameErrors(name: string, signerName: string): readonly string[] {
  if (signerName === "")
    return name.includes(":")
      ? ['ClusterTrustBundle without signer name must not have ":" in its name']
      : dns1123SubdomainErrors(name);
  const prefix = `${signerName.replaceAll("/", ":")}:`;
  return name.startsWith(prefix)
    ? dns1123SubdomainErrors(name.slice(prefix.length))
    : [`ClusterTrustBundle for signerName ${signerName} must be named with prefix ${prefix}`];
}

function certificateOf(der: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

function blockProblem({ type, der, hasHeaders }: PemBlock): string | undefined {
  if (type !== "CERTIFICATE") return `has bad block type: ${type}`;
  if (hasHeaders) return "has PEM block headers";
  const certificate = certificateOf(der);
  if (certificate === undefined) return "does not parse as X.509";
  return certificate.ca ? undefined : "does not have the CA bit set";
}

/** Certificates of authorities, at least one and none twice; upstream's `validateTrustBundle`. */
export function checkTrustBundle(bundle: string, errors: FieldErrors): void {
  if (Buffer.byteLength(bundle) > MAX_BYTES) {
    errors.tooLong(PATH, MAX_BYTES);
    return;
  }
  const refuse = (why: string): void => errors.invalid(PATH, "<value omitted>", why);
  const places = new Map<string, number[]>();
  let malformed = false;
  for (const [index, block] of [...pemBlocks(bundle)].entries()) {
    const problem = blockProblem(block);
    if (problem !== undefined) {
      malformed = true;
      refuse(`entry ${index} ${problem}`);
      continue;
    }
    const bytes = block.der.toString("latin1");
    const known = places.get(bytes);
    if (known === undefined) places.set(bytes, [index]);
    else known.push(index);
  }
  // what else is wrong may come of the blocks that are malformed
  if (malformed) return;
  if (places.size === 0) refuse("at least one trust anchor must be provided");
  for (const indices of places.values())
    if (indices.length > 1) refuse(`duplicate trust anchor (indices [${indices.join(" ")}])`);
}
