import { type Agent, get } from "node:https";

const TIMEOUT = 10_000;
/** Far above what issuers publish. */
const MAX_BYTES = 1_048_576;

/** An issuer that cannot be asked; the message names the place and what went wrong. */
export class IssuerUnreachableError extends Error {
  constructor(url: string, problem: string, options?: ErrorOptions) {
    super(`${url}: ${problem}`, options);
    this.name = "IssuerUnreachableError";
  }
}

/** Gets a JSON object over https, of at most 1 MiB, in at most ten seconds; redirects are not followed. */
export function fetchJson(url: string, agent: Agent, signal: AbortSignal): Promise<object> {
  return new Promise((resolve, reject) => {
    const fail = (problem: string, cause?: unknown): void =>
      reject(new IssuerUnreachableError(url, problem, { cause }));
    if (!url.startsWith("https:")) return fail("is not an https URL");
    const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]);
    const request = get(url, { agent, signal: limit, headers: { accept: "application/json" } }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_BYTES) request.destroy(new IssuerUnreachableError(url, "the answer is longer than 1 MiB"));
        else chunks.push(chunk);
      });
      response.on("error", (error) => fail(error.message, error));
      response.on("end", () => {
        if (response.statusCode !== 200) return fail(`answered with ${response.statusCode}`);
        try {
          const value: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
          if (typeof value === "object" && value !== null && !Array.isArray(value)) resolve(value);
          else fail("the answer is not an object");
        } catch (error) {
          fail("the answer is not JSON", error);
        }
      });
    });
    request.on("error", (error) => fail(limit.aborted ? "no answer in time" : error.message, error));
  });
}
