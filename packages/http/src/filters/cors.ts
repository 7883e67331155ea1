import type { Filter, RequestContext } from "@quarterdeck/sdk";

const METHODS = "POST, GET, OPTIONS, PUT, DELETE, PATCH";
const HEADERS =
  "Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, X-Requested-With, If-Modified-Since";
/** No origin is longer; what is, is not worth matching. */
const LONGEST_ORIGIN = 2048;

/**
 * Lets pages of the configured origins call the server: upstream's `WithCORS`. Another origin is answered as if it
 * had not said where it is from, and the browser keeps the answer from it.
 */
export class Cors implements Filter {
  /** The patterns are not anchored; a request's Origin must match one. None switches the filter off. */
  constructor(private readonly allowedOrigins: readonly RegExp[]) {}

  handle(context: RequestContext, next: () => Promise<void>): Promise<void> {
    if (this.allowedOrigins.length === 0) return next();
    const origin = context.get("origin");
    if (!this.allows(origin)) return next();
    context.set("Access-Control-Allow-Origin", origin);
    context.set("Access-Control-Allow-Methods", METHODS);
    context.set("Access-Control-Allow-Headers", HEADERS);
    context.set("Access-Control-Expose-Headers", "Date");
    context.set("Access-Control-Allow-Credentials", "true");
    if (context.method !== "OPTIONS") return next();
    // A preflight carries no credentials, so it ends here, before authentication.
    context.status = 204;
    return Promise.resolve();
  }

  private allows(origin: string): boolean {
    if (origin === "" || origin.length > LONGEST_ORIGIN) return false;
    return this.allowedOrigins.some((pattern) => pattern.test(origin));
  }
}
