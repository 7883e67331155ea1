import { ServerResponse } from "node:http";
import {
  Client,
  type Filter,
  Injectable,
  type Lifecycle,
  type Lister,
  ListerOf,
  Logger,
  Metrics,
  ObjectCounts,
  type RequestContext,
  Routes,
  Services,
  TooManyRequests,
} from "@quarterdeck/sdk";
import { MANDATORY_LEVELS, MANDATORY_SCHEMAS } from "./bootstrap/mandatory-objects.js";
import { SUGGESTED_LEVELS, SUGGESTED_SCHEMAS } from "./bootstrap/suggested-objects.js";
import { DumpRoutes } from "./dump/dump-routes.js";
import { configure } from "./flow-control.js";
import { FlowMetrics } from "./flow-metrics.js";
import { ObjectKeeper } from "./keeper/object-keeper.js";
import { Levels } from "./levels/levels.js";
import { ParkingLot } from "./levels/parking-lot.js";
import type { LevelServices, PriorityLevel } from "./levels/priority-level.js";
import type { Classifier } from "./matching/classifier.js";
import { PriorityAndFairnessOptions } from "./options.js";
import { Pacer } from "./queueing/pacer.js";
import { Ticket } from "./queueing/ticket.js";
import { RetryAfter } from "./retry-after.js";
import { WatchCounts } from "./work/watch-counts.js";
import { WorkEstimator } from "./work/work-estimator.js";

const GROUP = "flowcontrol.apiserver.k8s.io";
const SCHEMA_HEADER = "X-Kubernetes-Pf-Flowschema-Uid";
const LEVEL_HEADER = "X-Kubernetes-Pf-Prioritylevel-Uid";
const ADJUST_MILLISECONDS = 10_000;
const SWEEP_MILLISECONDS = 100;
/** A watch that has not told what it begins with by then costs no seats any more. */
const WATCH_MILLISECONDS = 60_000;

/**
 * API priority and fairness, KEP-1040: requests are sorted into priority levels that have seats of their own and lend them
 * to each other; within a level flows wait in queues, and whoever had least comes first. The configuration is the
 * FlowSchema and PriorityLevelConfiguration objects; without these kinds the server's defaults hold.
 */
@Injectable()
export class PriorityAndFairness implements Filter, Lifecycle {
  readonly #levels: Levels;
  readonly #metrics: FlowMetrics;
  readonly #services: LevelServices;
  readonly #parking = new ParkingLot();
  readonly #watches = new WatchCounts();
  readonly #estimator: WorkEstimator;
  readonly #refusal: TooManyRequests;
  readonly #retryAfter = new Map<string, RetryAfter>();
  readonly #maxWait: number;
  readonly #schemas: Lister | undefined;
  readonly #priorityLevels: Lister | undefined;
  readonly #keeper: ObjectKeeper | undefined;
  #classifier: Classifier;
  #stale: NodeJS.Immediate | undefined;
  #adjusting: NodeJS.Timeout | undefined;
  #sweeping: NodeJS.Timeout | undefined;
  #ends: (() => void)[] = [];

  constructor(
    options: PriorityAndFairnessOptions,
    metrics: Metrics,
    logger: Logger,
    client: Client,
    services: Services,
    routes: Routes,
    @ListerOf({ group: GROUP, resource: "flowschemas" }, { optional: true }) schemas: Lister | undefined,
    @ListerOf({ group: GROUP, resource: "prioritylevelconfigurations" }, { optional: true })
    priorityLevels: Lister | undefined,
  ) {
    const clock = (): number => performance.now();
    this.#metrics = new FlowMetrics(metrics);
    this.#refusal = new TooManyRequests(metrics);
    this.#maxWait = options.queueWaitSeconds * 1000;
    this.#levels = new Levels(options.totalConcurrency, () => this.#services);
    const pacer = new Pacer(options.sliceMilliseconds, clock, this.#levels);
    this.#services = { clock, pacer, parking: this.#parking, metrics: this.#metrics };
    this.#estimator = new WorkEstimator(() => services.find(ObjectCounts), this.#watches);
    new DumpRoutes(this.#levels).register(routes);
    this.#schemas = schemas;
    this.#priorityLevels = priorityLevels;
    if (schemas !== undefined && priorityLevels !== undefined) {
      this.#keeper = new ObjectKeeper(client, logger, schemas, priorityLevels);
      for (const lister of [schemas, priorityLevels]) this.#ends.push(lister.observe(() => this.#changed()));
    }
    this.#classifier = this.#configure();
  }

  /** Makes the objects that are missing, unless others keep them. */
  async start(): Promise<void> {
    this.#adjusting = setInterval(() => this.#adjust(), ADJUST_MILLISECONDS).unref();
    await this.#keeper?.start();
    this.#reconfigure();
  }

  stop(): void {
    clearInterval(this.#adjusting);
    clearInterval(this.#sweeping);
    clearImmediate(this.#stale);
    this.#keeper?.stop();
    for (const end of this.#ends) end();
    this.#ends = [];
  }

  handle(context: RequestContext, next: () => Promise<void>): Promise<void> {
    const { state } = context;
    const info = state.requestInfo;
    if (state.longRunning && info.verb !== "watch") return next();
    const flow = this.#classifier.classify(info, state.user);
    const { level } = flow;
    const now = this.#services.clock();
    const ticket = new Ticket(flow, this.#estimator.estimate(context, level.limits.widest), context, now);
    if (level.settings.uid !== "") context.set(LEVEL_HEADER, level.settings.uid);
    const { uid } = flow.schema;
    if (uid !== "") context.set(SCHEMA_HEADER, uid);
    switch (level.admit(ticket, now)) {
      case "execute":
        return this.#run(ticket, next);
      case "wait":
        return this.#wait(ticket, next);
      default:
        this.#refuse(ticket);
        return Promise.resolve();
    }
  }

  #run(ticket: Ticket, next: () => Promise<void>): Promise<void> {
    const { context, flow } = ticket;
    context.state.load = ticket;
    if (context.state.longRunning) this.#sweepSoon();
    const forget = context.state.longRunning ? this.#watches.add(context.state.requestInfo) : undefined;
    const end = (): void => {
      forget?.();
      flow.level.finish(ticket);
      if (this.#parking.size > 0) this.#sweepSoon();
    };
    try {
      return next().then(end, (error: unknown) => {
        end();
        throw error;
      });
    } catch (error) {
      end();
      return Promise.reject(error);
    }
  }

  #wait(ticket: Ticket, next: () => Promise<void>): Promise<void> {
    this.#sweepSoon();
    // No async function: each turn would cost some more promises, and turns are many when the server is busy.
    return new Promise((resolve) => {
      ticket.decide = (admitted) => resolve(this.#decided(ticket, admitted, next));
    });
  }

  #decided(ticket: Ticket, admitted: boolean, next: () => Promise<void>): Promise<void> | undefined {
    if (isGone(ticket.context)) ticket.flow.level.finish(ticket);
    else if (admitted) return this.#run(ticket, next);
    else this.#refuse(ticket);
    return undefined;
  }

  #refuse({ flow, context }: Ticket): void {
    const { name } = flow.level;
    let retryAfter = this.#retryAfter.get(name);
    if (retryAfter === undefined) {
      retryAfter = new RetryAfter();
      this.#retryAfter.set(name, retryAfter);
    }
    retryAfter.refused(Date.now());
    this.#refusal.answer(context, retryAfter.seconds);
  }

  #configure(): Classifier {
    const levels = this.#priorityLevels?.list() ?? [...MANDATORY_LEVELS, ...SUGGESTED_LEVELS];
    const schemas = this.#schemas?.list() ?? [...MANDATORY_SCHEMAS, ...SUGGESTED_SCHEMAS];
    return configure(this.#levels, this.#metrics, levels, schemas);
  }

  #reconfigure(): void {
    this.#classifier = this.#configure();
  }

  /** Many objects may change at once; the configuration is read when that is over. */
  #changed(): void {
    this.#keeper?.soon();
    this.#stale ??= setImmediate(() => {
      this.#stale = undefined;
      this.#reconfigure();
    });
  }

  #adjust(): void {
    if (this.#levels.hasLeftovers) this.#reconfigure();
    this.#levels.adjust();
  }

  #sweepSoon(): void {
    this.#sweeping ??= setInterval(() => this.#sweep(), SWEEP_MILLISECONDS).unref();
  }

  /** Ends waits that are over, and takes the seats of those that wait for their clients. */
  #sweep(): void {
    const now = this.#services.clock();
    this.#parking.sweep(now);
    let watching = 0;
    for (const level of this.#levels.all) {
      for (const queue of level.queues.queues) queue.waiting.each((ticket) => this.#endWait(level, ticket, now));
      level.eachExecuting((ticket) => {
        if (!ticket.context.state.longRunning) return;
        watching++;
        if (now - ticket.startedAt > WATCH_MILLISECONDS) level.finish(ticket);
      });
    }
    if (watching > 0 || this.#parking.size > 0 || this.#levels.waiting > 0) return;
    clearInterval(this.#sweeping);
    this.#sweeping = undefined;
  }

  #endWait(level: PriorityLevel, ticket: Ticket, now: number): void {
    if (isGone(ticket.context) || ticket.context.state.signal.aborted) level.abandon(ticket, "cancelled");
    else if (now - ticket.arrivedAt >= this.#maxWait) level.abandon(ticket, "time-out");
  }
}

function isGone({ res }: RequestContext): boolean {
  return res instanceof ServerResponse ? res.destroyed : res.stream.destroyed || res.stream.closed;
}
