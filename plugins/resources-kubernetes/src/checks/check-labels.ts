import { type FieldErrors, labelValueErrors, qualifiedNameErrors } from "@quarterdeck/meta";

const MAX_ANNOTATION_BYTES = 262_144;

interface Texts {
  readonly [key: string]: string;
}

/** Whether a text is the key of a label; upstream's `ValidateLabelName`. */
export function checkLabelKey(key: string, path: string, errors: FieldErrors): void {
  for (const problem of qualifiedNameErrors(key)) errors.invalid(path, key, problem);
}

/** The keys and values of labels in an object or a template; upstream's `ValidateLabels`. */
export function checkLabels(labels: Texts | undefined, path: string, errors: FieldErrors): void {
  for (const [key, value] of Object.entries(labels ?? {})) {
    checkLabelKey(key, path, errors);
    for (const problem of labelValueErrors(value)) errors.invalid(path, value, problem);
  }
}

/** The keys and the size of annotations in a template; upstream's `ValidateAnnotations`. */
export function checkAnnotations(annotations: Texts | undefined, path: string, errors: FieldErrors): void {
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations ?? {})) {
    for (const problem of qualifiedNameErrors(key.toLowerCase())) errors.invalid(path, key, problem);
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  if (bytes > MAX_ANNOTATION_BYTES) errors.tooLong(path, MAX_ANNOTATION_BYTES);
}
