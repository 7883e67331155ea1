import { InvalidDurationError, parseGoDuration, StatusError } from "@quarterdeck/meta";
import type { Filter, Logger } from "@quarterdeck/sdk";
import { sendStatus } from "@quarterdeck/wire";
import type { DefenceMetrics } from "../metrics/defence-metrics.js";
import { breakOff, isGone } from "../request/response-end.js";
import { detachResponse, type ServerContext } from "../request/server-context.js";
import { dropUnreadBody } from "../request/unread-body.js";
import { DeadlineQueue } from "../server/deadline-queue.js";

/** Fine enough for a limit of a minute, coarse enough to cost nothing. */
const TICK_MILLISECONDS = 250;

/**
 * Answers 504 when a request that is not long-running takes longer than the server's limit, or than the `timeout` of
 * its query when that is less. The handler may go on; what it sends afterwards is written to nowhere.
 */
export class TimeoutFilter implements Filter {
  readonly #limit: number;
  readonly #deadlines: DeadlineQueue;

  constructor(
    limitSeconds: number,
    private readonly logger: Logger,
    private readonly metrics?: Pick<DefenceMetrics, "terminated">,
  ) {
    this.#limit = limitSeconds * 1000;
    this.#deadlines = new DeadlineQueue(this.#limit, Math.min(TICK_MILLISECONDS, this.#limit));
  }

  handle(context: ServerContext, next: () => Promise<void>): Promise<void> {
    const { state } = context;
    if (state.longRunning) return next();
    const asked = state.querystring === "" ? 0 : this.readTimeout(state.query.get("timeout"));
    if (asked > 0 && asked < this.#limit) {
      const timer = setTimeout(() => this.expire(context), asked);
      return next().finally(() => clearTimeout(timer));
    }
    const deadline = this.#deadlines.add(state.receivedAt, () => this.expire(context));
    return next().then(
      () => deadline.cancel(),
      (error: unknown) => {
        deadline.cancel();
        throw error;
      },
    );
  }

  private readTimeout(text: string | null): number {
    if (text === null || text === "") return 0;
    try {
      return parseGoDuration(text);
    } catch (error) {
      if (!(error instanceof InvalidDurationError)) throw error;
      throw StatusError.badRequest(`invalid timeout specified in the request URL - ${error.message}`);
    }
  }

  private expire(context: ServerContext): void {
    const { res, state } = context;
    const error = StatusError.timeout("request did not complete within the allotted timeout");
    state.expire(error);
    if (isGone(res) || res.writableEnded) return;
    this.metrics?.terminated(state.requestInfo, 504);
    this.logger.warn("a request timed out", { method: context.method, path: context.path });
    if (res.headersSent) {
      breakOff(res);
      return;
    }
    sendStatus(context, error.status);
    dropUnreadBody(context);
    detachResponse(context);
  }
}
