import { Field, type Filter, Injectable, Metrics, type RequestContext, TooManyRequests } from "@quarterdeck/sdk";
import { RunningRequests } from "./running-requests.js";

const READ_VERBS: ReadonlySet<string> = new Set(["get", "list", "watch"]);
const PRIVILEGED_GROUP = "system:masters";
/** Seconds after which a refused client may come again. */
const RETRY_AFTER = 1;

/** The options of the plugin. */
export class MaxInFlightOptions {
  @Field({
    type: "integer",
    minimum: 0,
    default: 400,
    description: "Reads (get, list) that may run at a time; 0: any number. Upstream's --max-requests-inflight.",
  })
  reads!: number;

  @Field({
    type: "integer",
    minimum: 0,
    default: 200,
    description: "Other requests that may run at a time; 0: any number. Upstream's --max-mutating-requests-inflight.",
  })
  writes!: number;
}

/**
 * Answers 429 when too many requests run, counted apart for reads and writes. Long-running requests are not counted, and
 * members of system:masters are never refused. Upstream's WithMaxInFlightLimit, row 51.
 */
@Injectable()
export class MaxInFlight implements Filter {
  readonly #reads: RunningRequests;
  readonly #writes: RunningRequests;
  readonly #refusal: TooManyRequests;

  constructor(options: MaxInFlightOptions, metrics: Metrics) {
    this.#reads = new RunningRequests(options.reads);
    this.#writes = new RunningRequests(options.writes);
    this.#refusal = new TooManyRequests(metrics);
  }

  handle(context: RequestContext, next: () => Promise<void>): Promise<void> {
    const { state } = context;
    if (state.longRunning) return next();
    const running = READ_VERBS.has(state.requestInfo.verb) ? this.#reads : this.#writes;
    if (running.full) {
      // Whoever can repair the server must always get in; such a request takes nobody's place.
      if (state.user.groups.includes(PRIVILEGED_GROUP)) return next();
      this.#refusal.answer(context, RETRY_AFTER);
      return Promise.resolve();
    }
    return running.run(next);
  }
}
