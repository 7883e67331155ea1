import type { DecodedBody } from "@quarterdeck/wire";
import type { WriteRequest } from "../registry-resource.js";

/** Upstream's decoder keeps no more, and neither should a header. */
const MOST = 100;

/** What was repeated in a body. */
export type Repeated = Pick<DecodedBody, "duplicates" | "repeats">;

/** What YAML's parser says of all that was repeated, in one; undefined for nothing. */
export function yamlComplaint(repeats: readonly string[]): string | undefined {
  return repeats.length === 0 ? undefined : ["yaml: unmarshal errors:", ...repeats].join("\n  ");
}

/**
 * What a strict decoder says about unknown and repeated fields: the text of the error under `Strict`, undefined when
 * there is nothing to refuse. Under `Warn` each becomes a warning. `before` are complaints that come first.
 */
export function strictComplaints(
  request: WriteRequest,
  unknown: readonly string[],
  { duplicates, repeats = [] }: Repeated,
  before: readonly string[] = [],
): string | undefined {
  if (request.fieldValidation === "Ignore" || before.length + unknown.length + duplicates.length === 0)
    return undefined;
  const strict = request.fieldValidation === "Strict";
  const yaml = yamlComplaint(repeats);
  const complaints = [
    ...before,
    ...(strict && yaml !== undefined ? [yaml] : repeats),
    ...unknown.map((path) => `unknown field ${JSON.stringify(path)}`),
    ...(yaml === undefined ? duplicates.map((path) => `duplicate field ${JSON.stringify(path)}`) : []),
  ].slice(0, MOST);
  if (strict) return `strict decoding error: ${complaints.join(", ")}`;
  for (const complaint of complaints) request.warn(complaint);
  return undefined;
}
