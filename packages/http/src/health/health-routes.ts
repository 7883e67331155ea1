import { reasonOf } from "@quarterdeck/meta";
import type { RequestContext } from "@quarterdeck/sdk";
import { type Logger } from "@quarterdeck/sdk";
import { sendBytes } from "@quarterdeck/wire";
import { type HealthCheck, type HealthChecks, type HealthEndpoint, runCheck } from "./health-checks.js";

const HEADERS = { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" };

/** Answers `/healthz`, `/livez`, `/readyz` and the single checks below them in upstream's text form. */
export class HealthRoutes {
  constructor(
    private readonly checks: HealthChecks,
    private readonly logger: Logger,
  ) {}

  /** All checks of an endpoint: `ok`, or with `?verbose` and on failure a line for each. */
  async answerAll(context: RequestContext, endpoint: HealthEndpoint): Promise<void> {
    const query = new URLSearchParams(context.querystring);
    const excluded = new Set(query.getAll("exclude"));
    const results = await this.checks.run(endpoint, excluded);
    const lines = results.map(({ name, excluded: skipped, failure }) => {
      if (skipped) return `[+]${name} excluded: ok\n`;
      return failure === undefined ? `[+]${name} ok\n` : `[-]${name} failed: reason withheld\n`;
    });
    const unknown = [...excluded].filter((name) => !results.some((result) => result.name === name)).sort();
    if (unknown.length > 0) {
      const quoted = unknown.map((name) => JSON.stringify(name)).join(",");
      lines.push(`warn: some health checks cannot be excluded: no matches for ${quoted}\n`);
    }
    const failed = results.filter((result) => result.failure !== undefined);
    if (failed.length > 0) {
      this.logger.warn("a health check failed", {
        endpoint,
        failed: failed.map(({ name, failure }) => `${name}: ${reasonOf(failure)}`),
      });
      return sendText(context, 500, `${lines.join("")}${endpoint} check failed\n`);
    }
    return sendText(context, 200, query.has("verbose") ? `${lines.join("")}${endpoint} check passed\n` : "ok");
  }

  /** One check alone; false when the endpoint has none of that name. */
  answerOne(context: RequestContext, endpoint: HealthEndpoint, name: string): false | Promise<void> {
    const check = this.checks.of(endpoint).find((candidate) => candidate.name === name);
    return check === undefined ? false : this.answerCheck(context, check);
  }

  private async answerCheck(context: RequestContext, check: HealthCheck): Promise<void> {
    const failure = await runCheck(check);
    if (failure === undefined) return sendText(context, 200, "ok");
    this.logger.warn("a health check failed", { failed: [`${check.name}: ${reasonOf(failure)}`] });
    return sendText(context, 500, `internal server error: ${reasonOf(failure)}\n`);
  }
}

function sendText(context: RequestContext, code: number, text: string): void | Promise<void> {
  return sendBytes(context, code, HEADERS, Buffer.from(text));
}
