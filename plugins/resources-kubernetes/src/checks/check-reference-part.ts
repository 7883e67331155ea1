import { dns1123SubdomainErrors, type FieldErrors, pathSegmentNameErrors } from "@quarterdeck/meta";

/** A part of a reference that must be there and can be one segment of a path. */
export function checkPathSegment(value: string | undefined, path: string, errors: FieldErrors): void {
  if (value === undefined || value === "") errors.required(path);
  else for (const problem of pathSegmentNameErrors(value)) errors.invalid(path, value, problem);
}

/** The same of one whose absence is told of elsewhere. */
export function checkGivenSegment(value: string | undefined, path: string, errors: FieldErrors): void {
  if (value !== undefined) for (const problem of pathSegmentNameErrors(value)) errors.invalid(path, value, problem);
}

/** A DNS subdomain, as groups and most names are. */
export function checkSubdomain(value: string, path: string, errors: FieldErrors): void {
  for (const problem of dns1123SubdomainErrors(value)) errors.invalid(path, value, problem);
}
