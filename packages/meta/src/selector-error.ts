/** A label or field selector that cannot be read; the message is upstream's, for a 400. */
export class SelectorError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SelectorError";
  }
}
