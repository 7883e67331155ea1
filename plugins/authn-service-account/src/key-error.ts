/** A key file that cannot be used; the message names the file and never the key. */
export class KeyError extends Error {
  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
    this.name = "KeyError";
  }
}
