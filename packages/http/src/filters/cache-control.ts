import type { Filter } from "@quarterdeck/sdk";
import type { ServerContext } from "../request/server-context.js";

/**
 * Keeps answers out of shared caches, since each is for one user: upstream's `WithCacheControl`. An answer that sets a
 * `Cache-Control` of its own keeps it. The header is written with all others, when the answer begins.
 */
export class CacheControl implements Filter {
  handle(context: ServerContext, next: () => Promise<void>): Promise<void> {
    context.state.cacheControl = "no-cache, private";
    return next();
  }
}
