/** The client went away before its request was read or answered: nobody is left to tell. */
export class ClientGoneError extends Error {
  override readonly name = "ClientGoneError";

  constructor() {
    super("the client closed the request");
  }
}

/** Codes of what Node raises when the other side goes away. */
const ABORT_CODES: ReadonlySet<unknown> = new Set([
  "ERR_STREAM_PREMATURE_CLOSE",
  "ERR_STREAM_DESTROYED",
  "ERR_STREAM_WRITE_AFTER_END",
  "ERR_HTTP2_INVALID_STREAM",
  "ERR_HTTP2_STREAM_CANCEL",
  "ERR_HTTP2_STREAM_ERROR",
  "ERR_HTTP2_SESSION_ERROR",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
]);

/** True for the errors that a vanishing client causes, which are neither answered nor logged as failures. */
export function isClientAbort(error: unknown): boolean {
  if (error instanceof ClientGoneError) return true;
  return error instanceof Error && "code" in error && ABORT_CODES.has(error.code);
}
