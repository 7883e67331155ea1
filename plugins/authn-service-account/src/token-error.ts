/** A token of ours that is bad. The message is for the log and for TokenReview; it never holds any of the token. */
export class TokenError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TokenError";
  }
}
