/** A token of a known issuer that is not good; the message never holds the token or what it claims. */
export class RejectedTokenError extends Error {
  constructor(problem: string, options?: ErrorOptions) {
    super(`oidc: ${problem}`, options);
    this.name = "RejectedTokenError";
  }
}
