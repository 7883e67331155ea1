/** A filter called `next` more than once: the rest of the chain must not run again, least of all past a refusal. */
export class NextCalledTwiceError extends Error {
  override readonly name = "NextCalledTwiceError";

  constructor(readonly filter: string) {
    super(`filter ${JSON.stringify(filter)} called next() more than once`);
  }
}
