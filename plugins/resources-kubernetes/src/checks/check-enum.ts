import type { FieldErrors } from "@quarterdeck/meta";

/** Refuses a text that is none of the known ones. */
export function checkEnum(value: string, known: readonly string[], path: string, errors: FieldErrors): void {
  if (!known.includes(value)) errors.notSupported(path, value, known);
}

/** Refuses a text that is none of the known ones, and tells of one that is missing as missing. */
export function checkNeededEnum(
  value: string | undefined,
  known: readonly string[],
  path: string,
  errors: FieldErrors,
  detail = "",
): void {
  if (value === undefined || value === "") errors.required(path, detail);
  else checkEnum(value, known, path, errors);
}
