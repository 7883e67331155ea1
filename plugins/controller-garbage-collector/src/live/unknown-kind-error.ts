/** A reference names a kind that the server does not serve: it may come to be served, or the reference is wrong. */
export class UnknownKindError extends Error {
  constructor(
    readonly apiVersion: string,
    readonly kind: string,
  ) {
    super(`the server serves no ${apiVersion}/${kind}`);
    this.name = "UnknownKindError";
  }
}
