import type { WriteRequest } from "../registry-resource.js";

/** Upstream's decoder keeps no more, and neither should a header. */
const MOST = 100;

/**
 * What a strict decoder says about unknown and repeated fields: the text of the error under `Strict`, undefined when
 * there is nothing to refuse. Under `Warn` each becomes a warning. `before` are complaints that come first.
 */
export function strictComplaints(
  request: WriteRequest,
  unknown: readonly string[],
  duplicates: readonly string[],
  before: readonly string[] = [],
): string | undefined {
  if (request.fieldValidation === "Ignore" || before.length + unknown.length + duplicates.length === 0)
    return undefined;
  const complaints = [
    ...before,
    ...unknown.map((path) => `unknown field ${JSON.stringify(path)}`),
    ...duplicates.map((path) => `duplicate field ${JSON.stringify(path)}`),
  ].slice(0, MOST);
  if (request.fieldValidation === "Strict") return `strict decoding error: ${complaints.join(", ")}`;
  for (const complaint of complaints) request.warn(complaint);
  return undefined;
}
