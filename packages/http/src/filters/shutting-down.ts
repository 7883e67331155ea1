import { StatusError } from "@quarterdeck/meta";
import type { RequestContext } from "@quarterdeck/sdk";

/** The 503 of a server that stops; another one behind the same address may answer at once, so the client need not wait long. */
export function shuttingDown(context: RequestContext): StatusError {
  context.set("Retry-After", "1");
  context.set("X-Content-Type-Options", "nosniff");
  return StatusError.serviceUnavailable("apiserver is shutting down");
}
