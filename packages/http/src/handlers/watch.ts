import { StatusError } from "@quarterdeck/meta";
import { parseListQuery, type ReadQuery, watchObjects as startWatch, type WatchDelivery } from "@quarterdeck/registry";
import type { ResourceWatch, WatchChange } from "@quarterdeck/storage";
import { openWatchStream, type Representation, type WatchStream } from "@quarterdeck/wire";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { Scalar } from "../metrics/scalar-family.js";
import { breakOff } from "../request/response-end.js";
import type { ServerContext } from "../request/server-context.js";
import type { HandlerServices } from "./handler-services.js";
import { negotiateRoute } from "./negotiate-route.js";
import { readRequest } from "./read-request.js";
import type { LaneMember, StreamLane } from "./watch-lane.js";

/** Live events are nobody's to slow down: a watcher with more than this unread is cut off, and may watch again. */
const MAX_QUEUED_BYTES = 16 * 1024 * 1024;
/** What a watch starts from is sent as fast as the client reads: above this the store is asked to pause. */
const PAUSE_BYTES = 1024 * 1024;
/** Seconds a watch lasts when the client does not say: this to twice this, so that watches do not end together. */
const MIN_SECONDS = 1800;
const MAX_TIMER_SECONDS = 2_147_483;

/** GET of a collection with `watch`: one event a line until the client, the timeout or a stop ends it. */
export function watchObjects(context: ServerContext, route: ResourceRoute, services: HandlerServices): Promise<void> {
  return new WatchSession(context, route, services).run();
}

/** One watch from its request to its end. */
class WatchSession implements WatchDelivery, LaneMember {
  readonly #context: ServerContext;
  readonly #route: ResourceRoute;
  readonly #services: HandlerServices;
  readonly #events: Scalar;
  /** Events that came before the answer began: the store may deliver while the watch is being started. */
  #early: (() => void)[] | undefined = [];
  #stream: WatchStream | undefined;
  /** Set when the watch has no selectors and its events can be shared. */
  lane: StreamLane | undefined;
  #inLane = false;
  #watch: ResourceWatch | undefined;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;
  #finish: () => void = () => {};
  /** Wakes the store when the answer has begun. */
  #open: () => void = () => {};

  constructor(context: ServerContext, route: ResourceRoute, services: HandlerServices) {
    this.#context = context;
    this.#route = route;
    this.#services = services;
    this.#events = services.metrics.watchEvents(route.resource.descriptor, route.version);
  }

  async run(): Promise<void> {
    const { resource, version } = this.#route;
    const representation = negotiateRoute(this.#context, "watch", this.#route);
    const query = parseListQuery(this.#context.querystring);
    this.lane = this.#laneFor(representation);
    let tooOld: StatusError | undefined;
    try {
      this.#watch = await startWatch(resource, readRequest(this.#context, this.#route), query, this);
    } catch (error) {
      // Clients look for this one in the stream: they list again and watch from there.
      if (!StatusError.is(error) || error.code !== 410) throw error;
      tooOld = error;
    }
    this.#stream = openWatchStream(this.#context, resource.descriptor, version, representation);
    void this.#context.state.audit.started(200);
    if (tooOld !== undefined) {
      this.#stream.error(tooOld.status);
      this.#stream.end();
      return;
    }
    await this.#serve(query);
  }

  onChange(type: "ADDED" | "MODIFIED" | "DELETED", change: WatchChange): void {
    const stream = this.#stream;
    if (stream === undefined) {
      this.#early?.push(() => this.onChange(type, change));
      return;
    }
    if (this.#ended) return;
    const keepsUp = stream.event(type, change.object, change);
    this.#events.value++;
    if (!keepsUp) this.onSlow();
  }

  onLane(joined: boolean): void {
    this.#inLane = joined;
    if (joined) this.lane?.add(this, this.#stream);
    else this.lane?.delete(this, this.#stream);
  }

  onLive(): void {
    this.#context.state.load?.initialised();
  }

  onSlow(): void {
    if (!this.#ended && (this.#stream?.queuedBytes ?? 0) > MAX_QUEUED_BYTES) this.#cutOff();
  }

  onBookmark(revision: number, initialEventsEnd: boolean): void {
    if (this.#stream === undefined) this.#early?.push(() => this.onBookmark(revision, initialEventsEnd));
    else if (!this.#ended) this.#stream.bookmark(revision, initialEventsEnd);
  }

  drained(): Promise<void> | undefined {
    if (this.#stream === undefined) {
      return new Promise((resolve) => {
        this.#open = resolve;
      });
    }
    if (this.#ended || this.#stream.queuedBytes < PAUSE_BYTES) return undefined;
    const { res, state } = this.#context;
    state.load?.waiting();
    return new Promise((resolve) => {
      const done = (): void => {
        res.off("drain", done).off("close", done);
        state.load?.resumed();
        resolve();
      };
      res.on("drain", done).on("close", done);
    });
  }

  onEnd(error: Error | undefined): void {
    if (this.#stream === undefined) {
      this.#early?.push(() => this.onEnd(error));
      return;
    }
    if (this.#ended) return;
    if (error !== undefined) {
      this.#stream.error((StatusError.is(error) ? error : StatusError.internal(error)).status);
    }
    this.#end();
  }

  #laneFor(representation: Representation): StreamLane | undefined {
    const { fieldSelector, labelSelector, name, namespace } = this.#context.state.requestInfo;
    if (representation.view === "table" || `${fieldSelector}${labelSelector}${name}` !== "") return undefined;
    return this.#services.lanes.get(this.#route.version, namespace, representation, this.#events);
  }

  /** Resolves when the watch has ended, whoever ended it. */
  #serve(query: ReadQuery): Promise<void> {
    const { res } = this.#context;
    return new Promise((resolve) => {
      const release = this.#services.watches.add(() => this.#endWithBookmark());
      const onClose = (): void => this.#end();
      this.#finish = () => {
        release();
        res.off("close", onClose);
        resolve();
      };
      if (this.#ended) return this.#finish();
      res.once("close", onClose);
      this.#timer = setTimeout(() => this.#endWithBookmark(), secondsOf(query) * 1000).unref();
      const early = this.#early ?? [];
      this.#early = undefined;
      for (const deliver of early) deliver();
      if (this.#inLane) this.lane?.add(this, this.#stream);
      this.#open();
      if (this.#stream?.closed === true) this.#end();
    });
  }

  #endWithBookmark(): void {
    if (!this.#ended) this.#watch?.bookmark();
    this.#end();
  }

  /** Ending the answer as if it were whole would hide from the client that events are missing. */
  #cutOff(): void {
    breakOff(this.#context.res);
    this.#end();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#watch?.close();
    this.#stream?.end();
    this.#finish();
  }
}

function secondsOf({ timeoutSeconds }: ReadQuery): number {
  if (timeoutSeconds === undefined || timeoutSeconds <= 0) return MIN_SECONDS * (1 + Math.random());
  return Math.min(timeoutSeconds, MAX_TIMER_SECONDS);
}
