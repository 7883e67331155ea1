import type { FieldErrors } from "@quarterdeck/meta";
import { checkNonnegative } from "./check-number.js";

type Counts<TName extends string> = { readonly [name in TName]?: number | undefined };

/** Counts in a status, none below 0, in the order of the names. */
export function checkCounts<TName extends string>(
  status: Counts<TName>,
  names: readonly TName[],
  path: string,
  errors: FieldErrors,
): void {
  for (const name of names) checkNonnegative(status[name] ?? 0, `${path}.${name}`, errors);
}

/** Refuses parts that are more than the whole, `replicas`. */
export function checkWithinReplicas<TName extends string>(
  status: Counts<TName | "replicas">,
  names: readonly TName[],
  path: string,
  errors: FieldErrors,
): void {
  const replicas = status.replicas ?? 0;
  for (const name of names) {
    const count = status[name] ?? 0;
    if (count > replicas) errors.invalid(`${path}.${name}`, count, "cannot be greater than status.replicas");
  }
}

/** Pods that are available are ready. `ready` is how upstream calls that field in the message. */
export function checkAvailable(
  { availableReplicas: available = 0, readyReplicas: ready = 0 }: Counts<"availableReplicas" | "readyReplicas">,
  called: string,
  path: string,
  errors: FieldErrors,
): void {
  if (available > ready) errors.invalid(`${path}.availableReplicas`, available, `cannot be greater than ${called}`);
}

/** A count of hash collisions only ever goes up: names are made of it. */
export function checkCollisions(
  { collisionCount: count }: Counts<"collisionCount">,
  { collisionCount: old }: Counts<"collisionCount">,
  path: string,
  errors: FieldErrors,
): void {
  if (old !== undefined && (count === undefined || count < old))
    errors.invalid(`${path}.collisionCount`, count ?? 0, "cannot be decremented");
}
