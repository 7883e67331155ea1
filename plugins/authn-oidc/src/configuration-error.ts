/** Issuers that cannot be used: every mistake with its place, in upstream's words. */
export class ConfigurationError extends Error {
  constructor(
    source: string,
    readonly problems: readonly string[],
  ) {
    super(`${source}: ${problems.join("; ")}`);
    this.name = "ConfigurationError";
  }
}
