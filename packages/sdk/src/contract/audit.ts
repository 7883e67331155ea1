import type { UserInfo } from "@quarterdeck/meta";

/** How much of a request is told; upstream's `audit.k8s.io/v1` Level. */
export type AuditLevel = "None" | "Metadata" | "Request" | "RequestResponse";

/** When in the life of a request an event is made. */
export type AuditStage = "RequestReceived" | "ResponseStarted" | "ResponseComplete" | "Panic";

/** A user as `authentication.k8s.io/v1 UserInfo` has it. */
export interface AuditUser {
  readonly username?: string;
  readonly uid?: string;
  readonly groups?: readonly string[];
  readonly extra?: UserInfo["extra"];
}

/** One `audit.k8s.io/v1 Event` in its JSON form; frozen, shared by all sinks. */
export interface AuditEvent {
  readonly kind: "Event";
  readonly apiVersion: "audit.k8s.io/v1";
  readonly level: AuditLevel;
  readonly auditID: string;
  readonly stage: AuditStage;
  readonly requestURI: string;
  readonly verb: string;
  readonly user: AuditUser;
  readonly impersonatedUser?: AuditUser;
  readonly sourceIPs?: readonly string[];
  readonly userAgent?: string;
  readonly objectRef?: {
    readonly resource?: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly uid?: string;
    readonly apiGroup?: string;
    readonly apiVersion?: string;
    readonly resourceVersion?: string;
    readonly subresource?: string;
  };
  readonly responseStatus?: object;
  readonly requestObject?: unknown;
  readonly responseObject?: unknown;
  /** RFC 3339 with microseconds. */
  readonly requestReceivedTimestamp: string;
  readonly stageTimestamp: string;
  readonly annotations?: { readonly [key: string]: string };
}

/** An event with its JSON, which is written once however many sinks there are. */
export interface AuditRecord {
  /** Made of the JSON when it is first asked for, so a sink that only passes lines on should not ask. */
  readonly event: AuditEvent;
  /** One line without the line feed. */
  readonly json: string;
}

/**
 * Where audit events go, contract version 1. A blocking sink returns a promise that resolves when the events are safe;
 * the request waits for it. A batching one returns nothing and keeps them itself; `stop` must deliver what it holds.
 */
export interface AuditSink {
  /** Rejecting fails the request only for a sink in blocking-strict mode, whose errors are 500; else it is logged and counted. */
  write(records: readonly AuditRecord[]): void | Promise<void>;
  /** True when a request must not go on whose RequestReceived event this sink could not take. */
  readonly strict?: boolean;
}

/** What filters, admission plugins and handlers say to the audit event of their request. */
export interface AuditTrail {
  /** The `Audit-Id` of the request; empty before the audit-init filter. */
  readonly id: string;
  /** Adds an annotation; the first one for a key stays, as upstream. Costs next to nothing when nobody audits. */
  annotate(key: string, value: string): void;
}
