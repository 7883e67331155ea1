import { type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";

const MAX_ANNOTATION_BYTES = 262_144;

/** Annotations for the signer, whose keys have a domain; upstream's `ValidateUserAnnotations`. */
export function checkUserAnnotations(
  annotations: { readonly [key: string]: string },
  path: string,
  errors: FieldErrors,
): void {
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) {
    const lower = key.toLowerCase();
    const problems = qualifiedNameErrors(lower);
    if (lower === "") errors.required(path);
    else if (problems.length > 0) errors.invalidEach(path, lower, problems);
    else if (!lower.includes("/")) errors.invalid(path, lower, 'must be a domain-prefixed key (such as "acme.io/foo")');
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  if (bytes > MAX_ANNOTATION_BYTES) errors.tooLong(path, MAX_ANNOTATION_BYTES);
}
