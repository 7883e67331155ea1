import { labelsRange } from "./canonical-bytes.js";

/** Labels of an object; they may be shared, so nobody changes them. */
export type Labels = { readonly [key: string]: string };

/** What an object without labels has. */
export const NO_LABELS: Labels = Object.freeze({});

/**
 * The labels in canonical bytes (see `encodeObject`) without parsing the rest of the object. Throws
 * `NotCanonicalError` for other bytes.
 */
export function readLabels(bytes: Buffer): Labels {
  const range = labelsRange(bytes);
  return range === undefined ? NO_LABELS : (JSON.parse(bytes.toString("utf8", range.start, range.end)) as Labels);
}
