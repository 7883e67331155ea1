import { randomUUID } from "node:crypto";
import type { Filter } from "@quarterdeck/sdk";
import type { AuditPipeline } from "../audit/audit-pipeline.js";
import { ServerAuditTrail } from "../audit/server-audit-trail.js";
import type { ServerContext } from "../request/server-context.js";

/** What a header of ours can hold; any other id would break the answer. */
const SENDABLE = /^[\x20-\x7e]+$/;

/** The outermost filter: gives every request its `Audit-Id`, the caller's own or a new one, and every answer the same. */
export class AuditInit implements Filter {
  constructor(private readonly pipeline: AuditPipeline) {}

  handle(context: ServerContext, next: () => Promise<void>): Promise<void> {
    const given = context.req.headers["audit-id"];
    const id = typeof given === "string" && SENDABLE.test(given) ? given : randomUUID();
    context.set("Audit-Id", id);
    context.state.audit = new ServerAuditTrail(id, this.pipeline.policy !== undefined);
    return next();
  }
}
