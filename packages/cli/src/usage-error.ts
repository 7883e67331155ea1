/** The command line makes no sense; printed as one line, exit code 2. */
export class UsageError extends Error {
  constructor(message: string, nearest?: string | undefined) {
    super(nearest === undefined ? message : `${message}; did you mean "${nearest}"?`);
    this.name = "UsageError";
  }
}
