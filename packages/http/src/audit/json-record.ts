import type { AuditEvent, AuditRecord } from "@quarterdeck/sdk";

/** An event that was written as JSON at once and is parsed when a sink looks into it. */
export class JsonRecord implements AuditRecord {
  #event: AuditEvent | undefined;

  constructor(readonly json: string) {}

  get event(): AuditEvent {
    if (this.#event === undefined) {
      const event: AuditEvent = JSON.parse(this.json);
      this.#event = Object.freeze(event);
    }
    return this.#event;
  }
}
