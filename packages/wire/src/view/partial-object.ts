import { metadataEnd, metadataStart } from "../encode/canonical-bytes.js";
import type { Representation } from "../negotiate/representation.js";

const CLOSE = Buffer.from("}");

const heads = {
  "meta.k8s.io/v1": head("meta.k8s.io/v1"),
  "meta.k8s.io/v1beta1": head("meta.k8s.io/v1beta1"),
};

function head(apiVersion: string): Buffer {
  return Buffer.from(`{"kind":"PartialObjectMetadata","apiVersion":"${apiVersion}","metadata":`);
}

/** The `PartialObjectMetadata` of canonical bytes: their metadata, cut out without parsing. */
export function partialObject(bytes: Buffer, metaVersion: Representation["metaVersion"]): Buffer {
  const start = metadataStart(bytes);
  return Buffer.concat([heads[metaVersion], bytes.subarray(start, metadataEnd(bytes, start)), CLOSE]);
}
