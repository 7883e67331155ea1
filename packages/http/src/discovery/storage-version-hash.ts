import { createHash } from "node:crypto";

/** The first 8 bytes of SHA-256 over `group/version/kind` in base64: upstream's `StorageVersionHash`. */
export function storageVersionHash(group: string, version: string, kind: string): string {
  return createHash("sha256").update(`${group}/${version}/${kind}`).digest().subarray(0, 8).toString("base64");
}
