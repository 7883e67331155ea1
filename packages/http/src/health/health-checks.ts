/** Where a check is asked: `healthz`, `livez`, `readyz`. */
export type HealthEndpoint = "healthz" | "livez" | "readyz";

/** A named condition of the server. */
export interface HealthCheck {
  readonly name: string;
  /** The endpoints that ask it; all three when absent. */
  readonly endpoints?: readonly HealthEndpoint[];
  /** Throws, or rejects, with why the server is not well; the reason goes to the log, never to the client. */
  check(): void | Promise<void>;
}

/** The result of one check. */
export interface HealthResult {
  readonly name: string;
  readonly excluded: boolean;
  /** Why the check failed; undefined when it passed. */
  readonly failure: unknown;
}

/** The checks of a server, in the order they were added; `ping` and `log` are always there. */
export class HealthChecks {
  readonly #checks: HealthCheck[] = [
    { name: "ping", check: () => {} },
    // Logs are written without waiting, so there is nothing that could block.
    { name: "log", check: () => {} },
  ];

  /** A second check of one name takes the place of the first. */
  add(check: HealthCheck): void {
    const at = this.#checks.findIndex((known) => known.name === check.name);
    if (at === -1) this.#checks.push(check);
    else this.#checks[at] = check;
  }

  /** The checks of an endpoint. */
  of(endpoint: HealthEndpoint): readonly HealthCheck[] {
    return this.#checks.filter((check) => check.endpoints?.includes(endpoint) ?? true);
  }

  /** Runs all checks of an endpoint but the excluded ones, which count as passed. */
  run(endpoint: HealthEndpoint, excluded: ReadonlySet<string>): Promise<readonly HealthResult[]> {
    return Promise.all(
      this.of(endpoint).map(async (check): Promise<HealthResult> => {
        const skip = excluded.has(check.name);
        return { name: check.name, excluded: skip, failure: skip ? undefined : await runCheck(check) };
      }),
    );
  }
}

/** Gives why a check failed, or undefined. */
export async function runCheck(check: HealthCheck): Promise<unknown> {
  try {
    await check.check();
    return undefined;
  } catch (error) {
    return error ?? new Error("failed");
  }
}
