import type { TLSSocket } from "node:tls";
import type { ServerContext } from "../request/server-context.js";
import { attemptedMethods } from "./attempted-methods.js";
import type { AuditPipeline } from "./audit-pipeline.js";

/**
 * Tells of requests that are refused because nobody knows the caller; they never come to the audit filter. One event at
 * ResponseStarted, with the kinds of credentials that were tried; upstream's `WithFailedAuthenticationAudit`.
 */
export class FailedAuthenticationAudit {
  constructor(private readonly pipeline: AuditPipeline) {}

  refused(context: ServerContext, socket: TLSSocket | undefined): void {
    const { policy } = this.pipeline;
    if (policy === undefined) return;
    const { state } = context;
    const rule = policy.find(state.requestInfo, state.user);
    this.pipeline.countLevel(rule);
    if (rule.level === "None") {
      state.audit.close();
      return;
    }
    const hasCertificate = socket !== undefined && Object.keys(socket.getPeerCertificate() ?? {}).length > 0;
    const message = attemptedMethods(context, hasCertificate);
    state.audit.open(context, rule, this.pipeline);
    state.audit.refused({ status: "Failure", message, reason: "Unauthorized", code: 401 });
    void state.audit.started(401);
  }
}
