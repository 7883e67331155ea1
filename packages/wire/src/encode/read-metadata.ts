import type { ObjectMeta } from "@quarterdeck/meta";
import { metadataEnd, metadataStart } from "./canonical-bytes.js";

/**
 * The metadata in canonical bytes (see `encodeObject`) without parsing the rest of the object. Throws
 * `NotCanonicalError` for other bytes.
 */
export function readMetadata(bytes: Buffer): ObjectMeta {
  const start = metadataStart(bytes);
  return JSON.parse(bytes.toString("utf8", start, metadataEnd(bytes, start))) as ObjectMeta;
}
