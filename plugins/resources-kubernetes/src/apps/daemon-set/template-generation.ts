import { type ObjectMeta, quoteText, StatusError } from "@quarterdeck/meta";

const ANNOTATION = "deprecated.daemonset.template.generation";

/** Where DaemonSets count the templates that they have had, for a version of the API that is gone. */
function readCount({ annotations }: ObjectMeta): number {
  const text = annotations?.[ANNOTATION];
  if (text === undefined) return 0;
  if (!/^[-+]?\d{1,18}$/.test(text)) {
    const why = `strconv.ParseInt: parsing ${quoteText(text)}: invalid syntax`;
    throw StatusError.badRequest(`DaemonSet in version "v1" cannot be handled as a DaemonSet: ${why}`);
  }
  return Number(text);
}

function writeCount(metadata: ObjectMeta, count: number): void {
  metadata.annotations = { ...metadata.annotations, [ANNOTATION]: String(count) };
}

/**
 * Writes the count of an object as it is read, 0 where it has none, as upstream's conversion does: so it is owned by who writes
 * the object. 400 BadRequest for a count that is no number.
 */
export function defaultCount(metadata: ObjectMeta): void {
  writeCount(metadata, readCount(metadata));
}

/** Counts the first template. 400 BadRequest for a count that is no number. */
export function countFirstTemplate(metadata: ObjectMeta): void {
  writeCount(metadata, Math.max(readCount(metadata), 1));
}

/** Counts a template that has `changed`; what a client says of the count is put back. 400 BadRequest for a count that is no number. */
export function countTemplate(metadata: ObjectMeta, old: ObjectMeta, changed: boolean): void {
  readCount(metadata);
  writeCount(metadata, readCount(old) + (changed ? 1 : 0));
}
