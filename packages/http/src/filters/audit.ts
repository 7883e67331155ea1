import { randomUUID } from "node:crypto";
import type { Filter, RequestContext } from "@quarterdeck/sdk";

/** Longer ones are cut off, as upstream does before it logs them. */
const LONGEST_ID = 64;

/** What `describe` says of the filter until it writes audit events. */
export const AUDIT_PASS_THROUGH = "sets Audit-Id only; will write audit.k8s.io/v1 events by policy to the audit sinks";

/** Gives every answer an `Audit-Id`: the caller's own, or a new one. */
export class Audit implements Filter {
  handle(context: RequestContext, next: () => Promise<void>): Promise<void> {
    const given = context.req.headers["audit-id"];
    const id = typeof given === "string" && given !== "" ? given.slice(0, LONGEST_ID) : randomUUID();
    context.set("Audit-Id", id);
    return next();
  }
}
