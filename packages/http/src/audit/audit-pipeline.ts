import { reasonOf } from "@quarterdeck/meta";
import type { AuditRecord, AuditSink, Logger } from "@quarterdeck/sdk";
import type { MetricRegistry } from "../metrics/metric-registry.js";
import type { Scalar, ScalarFamily } from "../metrics/scalar-family.js";
import { AuditClock } from "./audit-clock.js";
import type { AuditPolicy } from "./audit-policy.js";
import type { AuditRule } from "./audit-rule.js";

/** A sink and the name that logs and metrics call it by. */
export interface NamedSink {
  readonly name: string;
  readonly sink: AuditSink;
}

/** The name of the counter that sinks count what they lose in too, and its only label. */
const ERROR_TOTAL = "apiserver_audit_error_total";

const ALL_RIGHT = (): boolean => true;

/** What is told of requests, and to whom. `policy` may be replaced at any time; requests under way keep their rule. */
export class AuditPipeline {
  /** Nothing is told without one. */
  policy: AuditPolicy | undefined;
  readonly clock = new AuditClock();
  readonly #events: Scalar;
  readonly #errors: ScalarFamily;
  readonly #levels: { readonly [level in AuditRule["level"]]: Scalar };
  readonly #rejected: Scalar;

  constructor(
    readonly sinks: readonly NamedSink[],
    metrics: MetricRegistry,
    private readonly logger: Logger,
  ) {
    this.#events = metrics
      .counter("apiserver_audit_event_total", "Counter of audit events generated and sent to the audit backend.")
      .series();
    const errors = "Counter of audit events that failed to be audited properly.";
    this.#errors = metrics.counter(ERROR_TOTAL, errors, ["plugin"]);
    // Zero is shown as well, so that an alert knows the sink.
    for (const { name } of sinks) this.#errors.series(name);
    const text = "Counter of policy levels for audit events (1 per request).";
    const levels = metrics.counter("apiserver_audit_level_total", text, ["level"]);
    this.#levels = {
      None: levels.series("None"),
      Metadata: levels.series("Metadata"),
      Request: levels.series("Request"),
      RequestResponse: levels.series("RequestResponse"),
    };
    const rejected = "Counter of apiserver requests rejected due to an error in audit logging backend.";
    this.#rejected = metrics.counter("apiserver_audit_requests_rejected_total", rejected).series();
  }

  countLevel({ level }: AuditRule): void {
    this.#levels[level].value++;
  }

  countRejected(): void {
    this.#rejected.value++;
  }

  /** False when a sink failed without which requests must not go on; a promise while a blocking sink writes. */
  deliver(record: AuditRecord): boolean | Promise<boolean> {
    this.#events.value++;
    const records = [record];
    const [only] = this.sinks;
    if (only !== undefined && this.sinks.length === 1) return this.#deliverTo(only, records);
    return this.#deliverToAll(records);
  }

  #deliverTo(named: NamedSink, records: readonly AuditRecord[]): boolean | Promise<boolean> {
    try {
      const done = named.sink.write(records);
      return done === undefined ? true : done.then(ALL_RIGHT, (error: unknown) => this.#failed(named, error));
    } catch (error) {
      return this.#failed(named, error);
    }
  }

  #deliverToAll(records: readonly AuditRecord[]): boolean | Promise<boolean> {
    let written = true;
    let waiting: Promise<boolean>[] | undefined;
    for (const named of this.sinks) {
      const told = this.#deliverTo(named, records);
      if (told instanceof Promise) {
        waiting ??= [];
        waiting.push(told);
      } else written = told && written;
    }
    if (waiting === undefined) return written;
    return Promise.all(waiting).then((all) => written && !all.includes(false));
  }

  /** True when the request may go on all the same. */
  #failed({ name, sink }: NamedSink, error: unknown): boolean {
    this.#errors.series(name).value++;
    const reason = reasonOf(error);
    this.logger.error("an audit event could not be written", { sink: name, reason });
    return sink.strict !== true;
  }
}
