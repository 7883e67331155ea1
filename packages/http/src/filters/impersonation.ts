import type { Filter, Logger, RequestContext } from "@quarterdeck/sdk";
import type { ImpersonationMetrics } from "../impersonation/impersonation-metrics.js";
import { Impersonators } from "../impersonation/impersonators.js";
import { namesAnotherUser, takeWantedUser, type WantedUser } from "../impersonation/wanted-user.js";
import { attributesOf } from "./authorization.js";
import type { Authorizers } from "./authorizers.js";

/** Of refusals, which repeat what the client sent. */
const NO_SNIFFING = ["X-Content-Type-Options", "nosniff"] as const;

/**
 * Lets a request go on as another user when its `Impersonate-*` headers ask for it and the caller may: upstream's
 * `WithConstrainedImpersonation` (KEP-5284), which has what it always was in it. 400 for headers that name no user, 403 for
 * a right that is missing.
 */
export class Impersonation implements Filter {
  readonly #impersonators: Impersonators;

  constructor(
    authorizers: Authorizers,
    private readonly metrics: ImpersonationMetrics,
    private readonly logger: Logger,
  ) {
    this.#impersonators = new Impersonators((mode, attributes) => {
      const start = performance.now();
      const verdict = authorizers.authorize(attributes);
      const record = (allowed: boolean): void =>
        metrics.question(mode.name, allowed, (performance.now() - start) / 1000);
      if (verdict instanceof Promise) void verdict.then(({ allowed }) => record(allowed));
      else record(verdict.allowed);
      return verdict;
    });
  }

  handle(context: RequestContext, next: () => Promise<void>): Promise<void> {
    if (!namesAnotherUser(context.req.headers)) return next();
    context.set(...NO_SNIFFING);
    const wanted = takeWantedUser(context);
    if (wanted !== undefined) return this.#impersonate(context, wanted, next);
    context.res.removeHeader(NO_SNIFFING[0]);
    return next();
  }

  async #impersonate(context: RequestContext, wanted: WantedUser, next: () => Promise<void>): Promise<void> {
    const { state } = context;
    const requestor = state.user;
    const start = performance.now();
    const seconds = (): number => (performance.now() - start) / 1000;
    try {
      const { user, mode } = await this.#impersonators.impersonate(wanted, attributesOf(state.requestInfo, requestor));
      this.metrics.attempt(mode.name, true, seconds());
      state.user = user;
      state.impersonator = requestor;
      if (mode.constrained) state.impersonationConstraint = mode.verb;
    } catch (error) {
      this.metrics.attempt("", false, seconds());
      throw error;
    }
    context.res.removeHeader(NO_SNIFFING[0]);
    this.logger.debug("a user impersonates another", { user: requestor.name, impersonated: state.user.name });
    await next();
  }
}
