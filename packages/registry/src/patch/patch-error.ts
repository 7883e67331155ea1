import { StatusError } from "@quarterdeck/meta";

/** A patch that is well formed but does not fit the object: a failed test, a path that does not exist. */
export class PatchError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PatchError";
  }
}

/** The 422 Invalid of a patch that does not fit. Upstream tells clients no more; the log has the cause. */
export function rejectedPatch(cause: PatchError): StatusError {
  const message = "the server rejected our request due to an error in our request";
  return new StatusError(StatusError.of(422, "Invalid", message, {}).status, { cause });
}
