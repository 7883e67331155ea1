import type { RequestContext } from "@quarterdeck/sdk";
import type { Ticket } from "../queueing/ticket.js";

/** A client that answers within so many milliseconds costs nobody a seat. */
const PATIENCE = 100;
/** What clients may be sending at a time in requests that have no seats; a body of unknown length counts as the second. */
const MAX_BYTES = 512 * 1024 * 1024;
const UNKNOWN_LENGTH = 3 * 1024 * 1024;

/**
 * Requests that wait for their clients: for bodies that trickle in, for connections that take nothing more. They do
 * nothing, so after a moment others get their seats, and a thousand slow clients take none from those who are not.
 */
export class ParkingLot {
  readonly #awaited = new Set<Ticket>();
  readonly #parked = new Map<Ticket, number>();
  #bytes = 0;

  get size(): number {
    return this.#awaited.size;
  }

  add(ticket: Ticket): void {
    this.#awaited.add(ticket);
  }

  delete(ticket: Ticket): void {
    this.#awaited.delete(ticket);
    this.#bytes -= this.#parked.get(ticket) ?? 0;
    this.#parked.delete(ticket);
  }

  /** Takes the seats of those that have waited for long. */
  sweep(now: number): void {
    for (const ticket of this.#awaited) {
      if (now - ticket.clientSince < PATIENCE) return;
      if (ticket.parkedAt !== 0) continue;
      const bytes = sizeOf(ticket.context);
      if (this.#bytes + bytes > MAX_BYTES) return;
      this.#bytes += bytes;
      this.#parked.set(ticket, bytes);
      ticket.flow.level.park(ticket, now);
    }
  }
}

/** What a client may still send, which the server has to keep. */
function sizeOf({ req, method }: RequestContext): number {
  if (method === "GET" || method === "HEAD") return 0;
  const length = Number(req.headers["content-length"]);
  return Number.isFinite(length) ? length : UNKNOWN_LENGTH;
}
