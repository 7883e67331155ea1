import type { KubeObject } from "@quarterdeck/meta";

/**
 * An object with the bytes it is sent as. `bytes` are the compact JSON of the storage version, resourceVersion
 * included, in the order `kind`, `apiVersion`, `metadata`, fields; they are shared and must never be written to.
 */
export interface EncodedObject {
  readonly bytes: Buffer;
  /** The same, parsed on first use and shared: never change it. */
  readonly object: KubeObject;
  /** Other encodings (another version, YAML, …), made on first use and kept with the object. */
  rendition(key: string, make: () => Buffer): Buffer;
}
