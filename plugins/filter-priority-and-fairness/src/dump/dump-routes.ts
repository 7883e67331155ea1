import type { RequestContext, Routes } from "@quarterdeck/sdk";
import type { Levels } from "../levels/levels.js";
import type { PriorityLevel } from "../levels/priority-level.js";
import type { Ticket } from "../queueing/ticket.js";
import { tabTable } from "./tab-table.js";

const PATH = "/debug/api_priority_and_fairness/";
const LEVEL_HEADS = [
  "PriorityLevelName",
  "ActiveQueues",
  "IsIdle",
  "IsQuiescing",
  "WaitingRequests",
  "ExecutingRequests",
  "DispatchedRequests",
  "RejectedRequests",
  "TimedoutRequests",
  "CancelledRequests",
];
const QUEUE_HEADS = [
  "PriorityLevelName",
  "Index",
  "PendingRequests",
  "ExecutingRequests",
  "SeatsInUse",
  "NextDispatchR",
  "InitialSeatsSum",
  "MaxSeatsSum",
  "TotalWorkSum",
];
// The spelling is upstream's.
const REQUEST_HEADS = [
  "PriorityLevelName",
  "FlowSchemaName",
  "QueueIndex",
  "RequestIndexInQueue",
  "FlowDistingsher",
  "ArriveTime",
  "InitialSeats",
  "FinalSeats",
  "AdditionalLatency",
  "StartTime",
];
const DETAIL_HEADS = ["UserName", "Verb", "APIPath", "Namespace", "Name", "APIVersion", "Resource", "SubResource"];

/** Tables of what flow control does now, for people: upstream's dump endpoints. */
export class DumpRoutes {
  constructor(private readonly levels: Levels) {}

  register(routes: Routes): void {
    const serve = (name: string, table: (context: RequestContext) => readonly (readonly string[])[]): void =>
      routes.get(
        `${PATH}${name}`,
        (context) => {
          context.status = 200;
          context.set("Content-Type", "text/plain; charset=utf-8");
          context.body = tabTable(table(context));
        },
        { listed: false },
      );
    serve("dump_priority_levels", () => [LEVEL_HEADS, ...this.#sorted().map(levelRow)]);
    serve("dump_queues", () => [QUEUE_HEADS, ...this.#sorted().flatMap(queueRows)]);
    serve("dump_requests", ({ querystring }) => {
      const detailed = (new URLSearchParams(querystring).get("includeRequestDetails") ?? "") !== "";
      const heads = detailed ? [...REQUEST_HEADS, ...DETAIL_HEADS] : REQUEST_HEADS;
      return [heads, ...this.#sorted().flatMap((level) => requestRows(level, detailed))];
    });
  }

  #sorted(): readonly PriorityLevel[] {
    return [...this.levels.all].sort((left, right) => (left.name < right.name ? -1 : 1));
  }
}

function levelRow(level: PriorityLevel): readonly string[] {
  const active = [...level.queues.queues].filter(({ waiting }) => waiting.length > 0).length;
  const counts = [level.waiting, level.executing, level.dispatched, level.rejected, level.timedOut, level.cancelled];
  return [level.name, ...[active, level.idle, level.quiescing, ...counts].map(String)];
}

function queueRows(level: PriorityLevel): readonly (readonly string[])[] {
  const all = [...level.queues.queues];
  return all.map((queue) => [
    level.name,
    String(queue.index),
    String(queue.waiting.length),
    String(queue.executing.length),
    String(queue.seatsInUse),
    seatSeconds(queue.nextDispatch),
    String(queue.waitingInitialSeats),
    String(queue.waitingSeats),
    seatSeconds(queue.waitingWork),
  ]);
}

function requestRows(level: PriorityLevel, detailed: boolean): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  for (const queue of level.queues.queues) {
    let place = 0;
    queue.waiting.each((ticket) => rows.push(requestRow(level, queue.index, place++, ticket, detailed)));
    queue.executing.each((ticket) => rows.push(requestRow(level, queue.index, -1, ticket, detailed)));
  }
  level.queueless.each((ticket) => rows.push(requestRow(level, -1, -1, ticket, detailed)));
  return rows;
}

function requestRow(
  level: PriorityLevel,
  queue: number,
  place: number,
  ticket: Ticket,
  detailed: boolean,
): readonly string[] {
  const { flow, work, context } = ticket;
  const row = [
    level.name,
    flow.schema.name,
    String(queue),
    String(place),
    flow.distinguisher,
    timeOf(ticket.arrivedAt),
    String(work.initialSeats),
    String(work.finalSeats),
    work.additionalLatency === 0 ? "0s" : `${work.additionalLatency}ms`,
    ticket.startedAt === 0 ? "0001-01-01T00:00:00Z" : timeOf(ticket.startedAt),
  ];
  if (!detailed) return row;
  const { user, requestInfo: info } = context.state;
  const version = info.apiGroup === "" ? info.apiVersion : `${info.apiGroup}/${info.apiVersion}`;
  return [...row, user.name, info.verb, info.path, info.namespace, info.name, version, info.resource, info.subresource];
}

/** Milliseconds of the process as a time of day. */
function timeOf(milliseconds: number): string {
  return new Date(performance.timeOrigin + milliseconds).toISOString();
}

/** Seat-milliseconds as upstream writes seat-seconds. */
function seatSeconds(value: number): string {
  return `${(value / 1000).toFixed(8)}ss`;
}
