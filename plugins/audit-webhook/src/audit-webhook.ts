import { setTimeout as sleep } from "node:timers/promises";
import { type AuditRecord, type AuditSink, Injectable, type Lifecycle, Logger, Metrics, Paths } from "@quarterdeck/sdk";
import { WebhookClient } from "@quarterdeck/webhook";
import { EventBatches } from "./event-batches.js";
import { Throttle } from "./throttle.js";
import { truncated } from "./truncated.js";
import { AuditWebhookOptions } from "./webhook-options.js";

/** How long a stop waits for the webhook to take what is left, in milliseconds. */
const FAREWELL = 10_000;

/**
 * Sends audit events to a webhook as `audit.k8s.io/v1 EventList`s; upstream's webhook backend. Batch: events gather, are sent
 * one batch after the other, and are dropped and counted when too many wait or the webhook does not take them. Blocking: a
 * request waits until its own are delivered.
 */
@Injectable()
export class AuditWebhook implements AuditSink, Lifecycle {
  readonly strict: boolean;
  readonly #client: WebhookClient;
  readonly #batches: EventBatches;
  readonly #throttle: Throttle;
  readonly #lost;
  readonly #leaving = new AbortController();

  constructor(
    private readonly options: AuditWebhookOptions,
    private readonly logger: Logger,
    paths: Paths,
    metrics: Metrics,
  ) {
    this.strict = options.mode === "blocking-strict";
    this.#client = new WebhookClient(
      {
        kubeconfig: paths.resolve(options.kubeconfig),
        timeout: options.timeoutSeconds * 1000,
        attempts: options.attempts,
        backoff: options.initialBackoffSeconds * 1000,
      },
      { logger, watch: (path, onChange) => paths.watch(path, onChange) },
    );
    this.#throttle = new Throttle(options.batchThrottleQps, options.batchThrottleBurst);
    const limits = {
      buffer: options.batchBufferSize,
      size: options.batchMaxSize,
      bytes: options.truncate ? options.truncateMaxBatchBytes : Number.POSITIVE_INFINITY,
      wait: options.batchMaxWaitSeconds * 1000,
    };
    this.#batches = new EventBatches(limits, (events) => this.#deliver(events));
    const help = "Audit events that a sink could not take.";
    this.#lost = metrics.counter("apiserver_audit_error_total", help, ["plugin"]).series({ plugin: "webhook" });
  }

  start(): Promise<void> {
    return this.#client.start();
  }

  async stop(): Promise<void> {
    const timer = setTimeout(() => this.#leaving.abort(), FAREWELL);
    await this.#batches.flush();
    clearTimeout(timer);
    this.#client.stop();
  }

  write(records: readonly AuditRecord[]): void | Promise<void> {
    const events = records.flatMap((record) => this.#eventsOf(record));
    if (this.options.mode !== "batch") return events.length === 0 ? undefined : this.#send(events);
    for (const event of events) if (!this.#batches.add(event)) this.#lost.increment();
  }

  #eventsOf(record: AuditRecord): readonly string[] {
    if (!this.options.truncate) return [record.json];
    const event = truncated(record, this.options.truncateMaxEventBytes);
    if (event !== undefined) return [event];
    this.#lost.increment();
    this.logger.warn("an audit event is too large even without its bodies", { auditID: record.event.auditID });
    return [];
  }

  async #send(events: readonly string[], signal?: AbortSignal): Promise<void> {
    const list = `{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":[${events.join(",")}]}`;
    await this.#client.postText(list, signal);
  }

  async #deliver(events: readonly string[]): Promise<void> {
    const { signal } = this.#leaving;
    try {
      const wait = this.#throttle.take();
      if (wait > 0) await sleep(wait, undefined, { signal, ref: false });
      await this.#send(events, signal);
    } catch (error) {
      this.#lost.increment(events.length);
      this.logger.error("audit events could not be delivered", { events: events.length, reason: String(error) });
    }
  }
}
