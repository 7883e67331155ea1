import { bytesField, Fields, mapField, numberField } from "./protobuf.js";

/** How the decrypted seed is used: as the key itself, or to derive a key for each value. */
export const SEED_TYPES = { key: 0, hkdf: 1 } as const;

/** What is stored behind the prefix: upstream's `kmsv2.EncryptedObject`. */
export interface EncryptedObject {
  readonly data: Buffer;
  readonly keyId: string;
  /** The seed as the key service encrypted it. */
  readonly seed: Buffer;
  readonly annotations: ReadonlyMap<string, Buffer>;
  readonly seedType: number;
}

/** An object that upstream would not take either; in its words. */
class EncryptedObjectError extends Error {
  override readonly name = "EncryptedObjectError";
}

const MOST_SEED_BYTES = 1024;
const MOST_KEY_ID_BYTES = 1024;
const MOST_ANNOTATION_BYTES = 32 * 1024;
const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

/** Throws for a key ID that is empty or too long. */
export function checkKeyId(keyId: string): void {
  const bytes = Buffer.byteLength(keyId);
  if (bytes === 0) throw new EncryptedObjectError("keyID is empty");
  if (bytes > MOST_KEY_ID_BYTES) {
    throw new EncryptedObjectError(`keyID is ${bytes} bytes, which exceeds the max size of ${MOST_KEY_ID_BYTES}`);
  }
}

function isDomain(name: string): boolean {
  const labels = name.split(".");
  return name.length <= 253 && labels.length > 1 && labels.every((label) => label.length <= 63 && LABEL.test(label));
}

function checkAnnotations(annotations: ReadonlyMap<string, Buffer>): void {
  let bytes = 0;
  for (const [name, value] of annotations) {
    if (!isDomain(name)) {
      throw new EncryptedObjectError(
        `failed to validate annotations: annotations: Invalid value: ${JSON.stringify(name)}: should be a fully qualified domain name`,
      );
    }
    bytes += Buffer.byteLength(name) + value.length;
  }
  if (bytes > MOST_ANNOTATION_BYTES) {
    throw new EncryptedObjectError(
      `failed to validate annotations: total size of annotations is ${bytes}, which exceeds the max size of ${MOST_ANNOTATION_BYTES}`,
    );
  }
}

/** Checks all but the data, as upstream's `ValidateEncryptedObject`. */
export function checkSeed({ keyId, seed, annotations, seedType }: Omit<EncryptedObject, "data">): void {
  if (seedType !== SEED_TYPES.key && seedType !== SEED_TYPES.hkdf) {
    throw new EncryptedObjectError(`unknown encryptedDEKSourceType: ${seedType}`);
  }
  if (seed.length === 0) {
    throw new EncryptedObjectError("failed to validate encrypted DEK source: encrypted DEK source is empty");
  }
  if (seed.length > MOST_SEED_BYTES) {
    throw new EncryptedObjectError(
      `failed to validate encrypted DEK source: encrypted DEK source is ${seed.length} bytes, which exceeds the max size of ${MOST_SEED_BYTES}`,
    );
  }
  try {
    checkKeyId(keyId);
  } catch (error) {
    throw new EncryptedObjectError(`failed to validate key id: ${error instanceof Error ? error.message : error}`);
  }
  checkAnnotations(annotations);
}

/** Everything of an object that stands behind its data: the same for all that one seed encrypts. */
export function encodeSeed({ keyId, seed, annotations, seedType }: Omit<EncryptedObject, "data">): Buffer {
  return Buffer.concat([bytesField(2, keyId), bytesField(3, seed), mapField(4, annotations), numberField(5, seedType)]);
}

/** An object: its data, then what {@link encodeSeed} made. */
export function encodeObject(data: Buffer, seed: Buffer): Buffer {
  return Buffer.concat([bytesField(1, data), seed]);
}

/** Reads and checks an object; throws for bytes that are none. */
export function decodeObject(bytes: Buffer): EncryptedObject {
  const fields = new Fields(bytes);
  const object: EncryptedObject = {
    data: fields.bytes(1),
    keyId: fields.text(2),
    seed: fields.bytes(3),
    annotations: fields.map(4),
    seedType: fields.number(5),
  };
  if (object.data.length === 0) throw new EncryptedObjectError("encrypted data is empty");
  checkSeed(object);
  return object;
}
