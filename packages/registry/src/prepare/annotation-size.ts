/** What the annotations of an object may hold in all, upstream's limit. */
export const MAX_ANNOTATION_BYTES = 262_144;

/** The bytes of all keys and values. */
export function annotationBytes(annotations: { readonly [key: string]: string }): number {
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  return bytes;
}
