import type { RequestContext } from "./request-context.js";

/**
 * A link of the request chain, contract version 1. `handle` passes on by `await next()`, annotates the context,
 * or answers itself. Its place in the chain is the config's business.
 */
export interface Filter {
  handle(context: RequestContext, next: () => Promise<void>): Promise<void>;
}
