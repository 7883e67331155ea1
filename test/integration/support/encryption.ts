import { createCipheriv, randomBytes } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A key of an encryption provider. */
export function key(name: string, fill: number) {
  return { name, secret: Buffer.alloc(32, fill).toString("base64") };
}

/** One rule of an encryption configuration. */
export interface Rule {
  readonly resources: readonly string[];
  readonly providers: readonly object[];
}

/** An EncryptionConfiguration as upstream has it. */
export function encryptionConfiguration(...resources: readonly Rule[]) {
  return { apiVersion: "apiserver.config.k8s.io/v1", kind: "EncryptionConfiguration", resources };
}

/** Writes an EncryptionConfiguration to a file. */
export async function writeEncryption(file: string, ...resources: readonly Rule[]): Promise<void> {
  await writeFile(file, JSON.stringify(encryptionConfiguration(...resources)));
}

/** All that the files of a folder hold, one behind the other. */
export async function bytesBelow(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  return Buffer.concat(await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name)))));
}

/** A value that upstream's aescbc provider would have written. */
export function sealedByAesCbc(name: string, fill: number, value: string): Buffer {
  const iv = randomBytes(16);
  const cipher = createCipheriv("aes-256-cbc", Buffer.alloc(32, fill), iv);
  return Buffer.concat([Buffer.from(`k8s:enc:aescbc:v1:${name}:`), iv, cipher.update(value), cipher.final()]);
}
