/** A patch that is well formed but does not fit the object: a failed test, a path that does not exist. */
export class PatchError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PatchError";
  }
}
