import { type AuditRecord, type AuditSink, Injectable, type Lifecycle, Logger, Metrics, Paths } from "@quarterdeck/sdk";
import { legacyLine } from "./legacy-line.js";
import { type LineTarget, LineWriter } from "./line-writer.js";
import { LogFile } from "./log-file.js";
import { AuditLogOptions } from "./log-options.js";

const MEBIBYTE = 1024 * 1024;
const STDOUT = "-";

/** The server's own output; it is not rotated and never closed. */
const standardOutput: LineTarget = {
  append: (parts) =>
    new Promise((resolve, reject) => {
      process.stdout.write(Buffer.concat(parts), (error) => (error ? reject(error) : resolve()));
    }),
};

/**
 * Appends audit events to a file, one a line; upstream's log backend. Blocking: a request waits until the operating system
 * has its event, and requests that wait at the same time share a write. Batch: events gather for a moment, and are dropped
 * and counted when too many do.
 */
@Injectable()
export class AuditLog implements AuditSink, Lifecycle {
  readonly strict: boolean;
  readonly #file: LogFile | undefined;
  readonly #writer: LineWriter;
  readonly #dropped;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: AuditLogOptions,
    private readonly logger: Logger,
    paths: Paths,
    metrics: Metrics,
  ) {
    this.strict = options.mode === "blocking-strict";
    const { path, maxSizeMebibytes, maxAgeDays, maxBackups, compress } = options;
    const maxBytes = maxSizeMebibytes * MEBIBYTE;
    if (path !== STDOUT) {
      this.#file = new LogFile({ path: paths.resolve(path), maxBytes, maxAgeDays, maxBackups, compress }, logger);
    }
    this.#writer = new LineWriter(this.#file ?? standardOutput);
    const help = "Audit events that a sink could not take.";
    this.#dropped = metrics.counter("apiserver_audit_error_total", help, ["plugin"]).series({ plugin: "log" });
  }

  /** A file that cannot be written stops the start. */
  async start(): Promise<void> {
    await this.#file?.open();
    if (this.options.mode !== "batch") return;
    this.#writer.hold();
    const period = Math.max(1, this.options.batchMaxWaitSeconds * 1000);
    this.#timer = setInterval(() => void this.#flush(), period).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flush();
    await this.#file?.close();
  }

  write(records: readonly AuditRecord[]): void | Promise<void> {
    const { mode, format } = this.options;
    let written: Promise<void> | undefined;
    for (const record of records) {
      if (mode === "batch" && this.#isFull()) continue;
      // The event itself may have to be parsed first, so it is not even asked for without need.
      written = this.#writer.add(format === "json" ? record.json : legacyLine(record.event));
    }
    if (mode !== "batch") return written;
  }

  #isFull(): boolean {
    const { batchBufferSize } = this.options;
    if (this.#writer.waiting < batchBufferSize) {
      // Half full is reason enough to write: a burst then finds room.
      if (this.#writer.waiting === Math.ceil(batchBufferSize / 2)) void this.#flush();
      return false;
    }
    this.#dropped.increment();
    return true;
  }

  async #flush(): Promise<void> {
    const count = this.#writer.waiting;
    try {
      await this.#writer.release();
    } catch (error) {
      this.#dropped.increment(count);
      this.logger.error("audit events could not be written", { events: count, reason: String(error) });
    }
  }
}
