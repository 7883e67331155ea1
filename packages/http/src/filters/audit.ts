import { StatusError } from "@quarterdeck/meta";
import type { Filter } from "@quarterdeck/sdk";
import { sendBytes } from "@quarterdeck/wire";
import type { AuditPipeline } from "../audit/audit-pipeline.js";
import type { ServerAuditTrail } from "../audit/server-audit-trail.js";
import { isClientAbort } from "../request/client-gone-error.js";
import { isGone } from "../request/response-end.js";
import type { ServerContext } from "../request/server-context.js";

/**
 * Tells the sinks of a request, as the policy says: when it has come and when it is answered, or fails. A blocking sink is
 * waited for at each of these; upstream's `WithAudit`.
 */
export class Audit implements Filter {
  constructor(private readonly pipeline: AuditPipeline) {}

  handle(context: ServerContext, next: () => Promise<void>): Promise<void> {
    const { policy } = this.pipeline;
    if (policy === undefined) return next();
    const { state } = context;
    const rule = policy.find(state.requestInfo, state.user);
    this.pipeline.countLevel(rule);
    if (rule.level === "None") {
      state.audit.close();
      return next();
    }
    state.audit.open(context, rule, this.pipeline);
    const going = state.audit.received();
    if (going === true) return pass(context, next);
    return this.#wait(context, going, next);
  }

  async #wait(context: ServerContext, going: false | Promise<boolean>, next: () => Promise<void>): Promise<void> {
    if (await going) return pass(context, next);
    this.pipeline.countRejected();
    const text = `Internal Server Error: ${JSON.stringify(context.req.url ?? "")}: failed to store audit event\n`;
    const headers = { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" };
    return sendBytes(context, 500, headers, Buffer.from(text));
  }
}

function pass(context: ServerContext, next: () => Promise<void>): Promise<void> {
  return next().then(
    () => conclude(context, context.state.audit),
    (error: unknown) => fail(context, context.state.audit, error),
  );
}

function conclude(context: ServerContext, trail: ServerAuditTrail): void | Promise<void> {
  const { res, state } = context;
  const gone = isGone(res) && !res.headersSent;
  const told = gone && !state.timedOut ? trail.abandoned() : trail.completed(state.timedOut ? 504 : res.statusCode);
  if (told instanceof Promise) return told.then(() => undefined);
}

async function fail(context: ServerContext, trail: ServerAuditTrail, error: unknown): Promise<never> {
  const { res, state } = context;
  if (StatusError.is(error)) {
    trail.responseStatus(error.status);
    await trail.completed(error.code);
  } else if (state.timedOut) await trail.completed(504);
  else if (isClientAbort(error) || isGone(res)) await trail.abandoned();
  else await trail.panicked(error);
  throw error;
}
