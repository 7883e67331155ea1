import type { ObjectCounts, RequestContext, RequestInfo } from "@quarterdeck/sdk";
import type { WatchCounts } from "./watch-counts.js";
import { ONE_SEAT, type Work } from "./work.js";

const OBJECTS_PER_SEAT = 100;
const WATCHES_PER_SEAT = 10;
const MOST_SEATS = 10;
/** What one event costs for each ten watchers, in milliseconds. */
const EVENT_LATENCY = 5;

/** Says what a request will cost before it is let in; upstream's work estimator of KEP-1040. */
export class WorkEstimator {
  constructor(
    private readonly counts: () => ObjectCounts | undefined,
    private readonly watches: WatchCounts,
  ) {}

  /** `widest` is the most seats that a request of its level may take. */
  estimate(context: RequestContext, widest: number): Work {
    const info = context.state.requestInfo;
    if (!info.isResourceRequest) return ONE_SEAT;
    switch (info.verb) {
      case "list":
      case "watch":
        return this.#read(context, info, Math.min(widest, MOST_SEATS));
      case "create":
      case "update":
      case "patch":
      case "delete":
        return this.#write(info, Math.min(widest, MOST_SEATS));
      default:
        return ONE_SEAT;
    }
  }

  #read(context: RequestContext, info: RequestInfo, widest: number): Work {
    if (info.name !== "") return ONE_SEAT;
    const objects = this.counts()?.countOf(info.apiGroup, info.resource) ?? 0;
    if (objects <= OBJECTS_PER_SEAT) return ONE_SEAT;
    const query = new URLSearchParams(context.querystring);
    if (info.verb === "watch" && !beginsWithState(query)) return ONE_SEAT;
    const limit = Number(query.get("limit") ?? 0);
    // With a selector all objects may have to be looked at, however few are wanted.
    const selects = info.fieldSelector !== "" || info.labelSelector !== "";
    const read = limit > 0 && !selects ? Math.min(limit, objects) : objects;
    const initialSeats = Math.max(1, Math.min(Math.ceil(read / OBJECTS_PER_SEAT), widest));
    return initialSeats === 1 ? ONE_SEAT : { initialSeats, finalSeats: 0, additionalLatency: 0 };
  }

  #write(info: RequestInfo, widest: number): Work {
    // Asking for a token writes nothing that anybody watches.
    if (info.resource === "serviceaccounts" && info.subresource === "token") return ONE_SEAT;
    const watchers = this.watches.interestedIn(info);
    if (watchers < WATCHES_PER_SEAT) return ONE_SEAT;
    const seats = Math.ceil(watchers / WATCHES_PER_SEAT);
    const finalSeats = Math.max(1, Math.min(seats, widest));
    return { initialSeats: 1, finalSeats, additionalLatency: (seats * EVENT_LATENCY) / finalSeats };
  }
}

/** A watch that is told all objects first costs what a list does. */
function beginsWithState(query: URLSearchParams): boolean {
  const from = query.get("resourceVersion") ?? "";
  return query.get("sendInitialEvents") === "true" || from === "" || from === "0";
}
