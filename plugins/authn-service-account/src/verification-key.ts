import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { KeyError } from "./key-error.js";

/** What a signature may be made with; nothing else is ever accepted. */
type Algorithm = "RS256" | "ES256" | "ES384" | "ES512";

const CURVES: ReadonlyMap<string, Algorithm> = new Map([
  ["prime256v1", "ES256"],
  ["secp384r1", "ES384"],
  ["secp521r1", "ES512"],
]);
const MIN_RSA_BITS = 2048;
const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[^-]+-----END \1-----/g;

/** A public key with its id and the one algorithm that it is used with. */
export interface VerificationKey {
  /** Upstream's: the SHA-256 of the public key, so that other servers with the same key give it the same id. */
  readonly id: string;
  readonly algorithm: Algorithm;
  readonly key: KeyObject;
}

/** A private key, and the public one that belongs to it. */
export interface SigningKey extends VerificationKey {
  readonly privateKey: KeyObject;
}

function algorithmOf(key: KeyObject, file: string): Algorithm {
  const { namedCurve = "", modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "rsa") {
    if (modulusLength < MIN_RSA_BITS) throw new KeyError(file, `an RSA key needs at least ${MIN_RSA_BITS} bits`);
    return "RS256";
  }
  const algorithm = key.asymmetricKeyType === "ec" ? CURVES.get(namedCurve) : undefined;
  if (algorithm === undefined)
    throw new KeyError(file, "the key must be RSA, or EC on the curve P-256, P-384 or P-521");
  return algorithm;
}

function verificationKey(key: KeyObject, file: string): VerificationKey {
  const id = createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("base64url");
  return { id, algorithm: algorithmOf(key, file), key };
}

function blocks(pem: string): [label: string, block: string][] {
  return [...pem.matchAll(BLOCK)].map(([block, label = ""]) => [label, block]);
}

/** All keys of a PEM file, private ones by their public half; certificates count by their key. */
export function readVerificationKeys(pem: string, file: string): VerificationKey[] {
  const keys = blocks(pem).filter(([label]) => label.endsWith("KEY") || label === "CERTIFICATE");
  if (keys.length === 0) throw new KeyError(file, "there is no key in PEM");
  return keys.map(([, block]) => {
    try {
      return verificationKey(createPublicKey(block), file);
    } catch (error) {
      throw error instanceof KeyError ? error : new KeyError(file, "a key cannot be read");
    }
  });
}

/** The first private key of a PEM file. */
export function readSigningKey(pem: string, file: string): SigningKey {
  const block = blocks(pem).find(([label]) => label.endsWith("PRIVATE KEY"))?.[1];
  if (block === undefined) throw new KeyError(file, "there is no private key in PEM");
  try {
    const privateKey = createPrivateKey(block);
    return { ...verificationKey(createPublicKey(privateKey), file), privateKey };
  } catch (error) {
    throw error instanceof KeyError ? error : new KeyError(file, "the private key cannot be read");
  }
}
