import { StatusError } from "@quarterdeck/meta";
import type { Filter, RequestContext } from "@quarterdeck/sdk";

/** What `describe` says of the filter until it impersonates. */
export const IMPERSONATION_PASS_THROUGH =
  "refuses Impersonate-* headers; will act as another user for callers who may impersonate";

/**
 * Refuses requests that ask to be made as somebody else: running them as the caller would do what nobody asked for,
 * and with rights that the caller meant to give up.
 */
export class Impersonation implements Filter {
  handle(context: RequestContext, next: () => Promise<void>): Promise<void> {
    for (const name in context.req.headers) {
      if (!name.startsWith("impersonate-")) continue;
      const { user } = context.state;
      const why = `User ${JSON.stringify(user.name)} cannot impersonate: this server does not support impersonation yet`;
      throw StatusError.forbidden({ group: "", resource: "" }, "", why);
    }
    return next();
  }
}
