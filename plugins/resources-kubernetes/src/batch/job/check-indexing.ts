import type { FieldErrors } from "@quarterdeck/meta";
import type * as batch from "../../types/batch-v1.js";

const MAX_PARALLELISM = 100_000;
const MAX_FAILED = 100_000;
const MANY_COMPLETIONS = 100_000;
const MANY_PARALLELISM = 10_000;
const MANY_FAILED = 10_000;
const MODES = ["NonIndexed", "Indexed"];

/** Of many indexes only so many may be written down in the status. */
function checkMany(
  { parallelism = 0, maxFailedIndexes: failed }: batch.JobSpec,
  path: string,
  errors: FieldErrors,
): void {
  const most = (limit: number): string =>
    `must be less than or equal to ${limit} when completions are above ${MANY_COMPLETIONS} and used with backoff limit per index`;
  if (failed === undefined)
    errors.required(`${path}.maxFailedIndexes`, `must be specified when completions is above ${MANY_COMPLETIONS}`);
  if (parallelism > MANY_PARALLELISM) errors.invalid(`${path}.parallelism`, parallelism, most(MANY_PARALLELISM));
  if (failed !== undefined && failed > MANY_FAILED)
    errors.invalid(`${path}.maxFailedIndexes`, failed, most(MANY_FAILED));
}

function checkIndexed(spec: batch.JobSpec, path: string, errors: FieldErrors): void {
  const { completions, parallelism = 0, maxFailedIndexes: failed } = spec;
  if (completions === undefined) errors.required(`${path}.completions`, "when completion mode is Indexed");
  if (parallelism > MAX_PARALLELISM) {
    const detail = `must be less than or equal to ${MAX_PARALLELISM} when completion mode is Indexed`;
    errors.invalid(`${path}.parallelism`, parallelism, detail);
  }
  if (completions !== undefined && failed !== undefined && failed > completions)
    errors.invalid(`${path}.maxFailedIndexes`, failed, "must be less than or equal to completions");
  if (failed !== undefined && failed > MAX_FAILED)
    errors.invalid(`${path}.maxFailedIndexes`, failed, `must be less than or equal to ${MAX_FAILED}`);
  if ((completions ?? 0) > MANY_COMPLETIONS && spec.backoffLimitPerIndex !== undefined) checkMany(spec, path, errors);
}

/** Whether the pods of a job are numbered, and what only numbered ones may have. */
export function checkIndexing(spec: batch.JobSpec, path: string, errors: FieldErrors): void {
  const { completionMode: mode = "NonIndexed" } = spec;
  if (!MODES.includes(mode)) errors.notSupported(`${path}.completionMode`, mode, MODES);
  if (mode === "Indexed") checkIndexed(spec, path, errors);
  if (mode !== "NonIndexed") return;
  for (const name of ["backoffLimitPerIndex", "maxFailedIndexes"] as const)
    if (spec[name] !== undefined) errors.invalid(`${path}.${name}`, spec[name], "requires indexed completion mode");
}
