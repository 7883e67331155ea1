/** The server did not apply what it was given. */
export class ApplyError extends Error {
  override readonly name = "ApplyError";
}
