import type { FieldErrors } from "@quarterdeck/meta";

const MAX_INT32 = 2_147_483_647;
const MAX_FILE_MODE = 0o777;

/** A whole number within bounds, both included; upstream's `InclusiveRangeError`. */
export function checkRange(
  value: number,
  [least, most]: readonly [least: number, most: number],
  path: string,
  errors: FieldErrors,
): void {
  if (value < least || value > most) errors.invalid(path, value, `must be between ${least} and ${most}, inclusive`);
}

/** The number of a user or of a group; upstream's `IsValidUserID` and `IsValidGroupID`. */
export function checkId(value: number | undefined, path: string, errors: FieldErrors): void {
  if (value !== undefined) checkRange(value, [0, MAX_INT32], path, errors);
}

/** The permissions of a file. */
export function checkFileMode(mode: number | undefined, path: string, errors: FieldErrors): void {
  if (mode !== undefined && (mode < 0 || mode > MAX_FILE_MODE))
    errors.invalid(path, mode, "must be a number between 0 and 0777 (octal), both inclusive");
}

/** Refuses less than 0; upstream's `ValidateNonnegativeField`. */
export function checkNonnegative(value: number, path: string, errors: FieldErrors): void {
  if (value < 0) errors.invalid(path, value, "must be greater than or equal to 0");
}

/** Refuses 0 and less; upstream's `ValidatePositiveField`. */
export function checkPositive(value: number, path: string, errors: FieldErrors): void {
  if (value <= 0) errors.invalid(path, value, "must be greater than zero");
}
