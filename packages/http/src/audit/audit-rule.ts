import type { AuditLevel, AuditStage } from "@quarterdeck/sdk";

/** What the policy says of one request. */
export interface AuditRule {
  readonly level: AuditLevel;
  readonly omitStages: ReadonlySet<AuditStage>;
  readonly omitManagedFields: boolean;
  /** The request's own object is told: level Request or above. */
  readonly tellsRequest: boolean;
  /** The answer's object is told as well: level RequestResponse. */
  readonly tellsResponse: boolean;
}

/** Freezes a rule and works out what its level means. */
export function auditRule(
  level: AuditLevel,
  omitStages: ReadonlySet<AuditStage>,
  omitManagedFields: boolean,
): AuditRule {
  const tellsResponse = level === "RequestResponse";
  const tellsRequest = tellsResponse || level === "Request";
  return Object.freeze({ level, omitStages, omitManagedFields, tellsRequest, tellsResponse });
}
