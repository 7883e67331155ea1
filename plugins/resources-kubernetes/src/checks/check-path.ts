import type { FieldErrors } from "@quarterdeck/meta";

/** Refuses a path that goes up anywhere; upstream's `validatePathNoBacksteps`. */
export function checkNoBacksteps(target: string, path: string, errors: FieldErrors): void {
  if (target.split("/").includes("..")) errors.invalid(path, target, "must not contain '..'");
}

/** A path below the place where it is used; upstream's `validateLocalDescendingPath`. */
export function checkDescendingPath(target: string, path: string, errors: FieldErrors): void {
  if (target.startsWith("/")) errors.invalid(path, target, "must be a relative path");
  checkNoBacksteps(target, path, errors);
}

/** A path below a volume, where names that begin with two dots are the kubelet's; upstream's `ValidateLocalNonReservedPath`. */
export function checkUnreservedPath(target: string, path: string, errors: FieldErrors): void {
  checkDescendingPath(target, path, errors);
  if (target.startsWith("..") && !target.startsWith("../")) errors.invalid(path, target, "must not start with '..'");
}
