import type { Filter } from "@quarterdeck/sdk";
import type { ServerContext } from "../request/server-context.js";

/**
 * Opens the list of warnings that the answer carries as `Warning: 299 - "…"` headers: upstream's `WithWarningRecorder`.
 * They are deduplicated, shortened and escaped when the answer begins. Without this filter nobody hears of them.
 */
export class WarningRecorder implements Filter {
  handle(context: ServerContext, next: () => Promise<void>): Promise<void> {
    context.state.warnings = [];
    return next();
  }
}
