import type { Ticket } from "./ticket.js";

/** Tickets in the order in which they came; any of them can leave. A ticket is in one list at a time. */
export class TicketList {
  #first: Ticket | undefined;
  #last: Ticket | undefined;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get first(): Ticket | undefined {
    return this.#first;
  }

  add(ticket: Ticket): void {
    ticket.before = this.#last;
    ticket.after = undefined;
    if (this.#last === undefined) this.#first = ticket;
    else this.#last.after = ticket;
    this.#last = ticket;
    this.#length++;
  }

  remove(ticket: Ticket): void {
    if (ticket.before === undefined) this.#first = ticket.after;
    else ticket.before.after = ticket.after;
    if (ticket.after === undefined) this.#last = ticket.before;
    else ticket.after.before = ticket.before;
    ticket.before = undefined;
    ticket.after = undefined;
    this.#length--;
  }

  /** Visits each; the visited one may leave. */
  each(visit: (ticket: Ticket) => void): void {
    for (let ticket = this.#first; ticket !== undefined; ) {
      const { after } = ticket;
      visit(ticket);
      ticket = after;
    }
  }
}
