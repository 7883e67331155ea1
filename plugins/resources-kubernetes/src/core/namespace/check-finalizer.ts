import { type FieldErrors, FOREGROUND_FINALIZER, ORPHAN_FINALIZER, qualifiedNameErrors } from "@quarterdeck/meta";

const STANDARD = new Set(["kubernetes", ORPHAN_FINALIZER, FOREGROUND_FINALIZER]);

/** The problems of a name in a namespace's `spec.finalizers`: a standard one, or one with a domain of its own. */
export function checkFinalizer(name: string, path: string, errors: FieldErrors): void {
  for (const problem of qualifiedNameErrors(name)) errors.invalid(path, name, problem);
  if (!name.includes("/") && !STANDARD.has(name))
    errors.invalid(path, name, "name is neither a standard finalizer name nor is it fully qualified");
}
