import type { ServerAnswer } from "../client/api-connection.js";
import type { ApplySettings } from "./apply-settings.js";
import type { PlacedObject } from "./placed-object.js";

/** `configmap/web serverside-applied`, as kubectl prints it. */
export function printApplied({ title }: PlacedObject, { dryRun }: ApplySettings): void {
  process.stdout.write(`${title} serverside-applied${dryRun ? " (server dry run)" : ""}\n`);
}

/** The warnings of an answer. */
export function printWarnings({ warnings }: ServerAnswer): void {
  for (const warning of warnings) process.stderr.write(`Warning: ${warning}\n`);
}

/** One line on standard error. */
export function printFailure(why: string): void {
  process.stderr.write(`error: ${why.replaceAll("\n", " ")}\n`);
}

/** Why the server refused; it says how to go on when fields belong to others. */
export function failureOf({ status, document }: ServerAnswer, { force }: ApplySettings): string {
  const { message, details } = document;
  const why = typeof message === "string" && message !== "" ? message : `the server answers with ${status}`;
  const { causes } = Object(details);
  const isOwned =
    status === 409 &&
    !force &&
    Array.isArray(causes) &&
    causes.some((one) => Object(one).reason === "FieldManagerConflict");
  return isOwned ? `${why}; --force-conflicts takes these fields over` : why;
}
