import type { AuditEvent, AuditRecord, AuditSink, Lifecycle } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";

/** An audit sink under test. */
export interface AuditContractOptions {
  readonly name: string;
  /** A sink of its own for each test, not started. */
  create(): (AuditSink & Lifecycle) | Promise<AuditSink & Lifecycle>;
  /** The ids of the events that the last sink has delivered, once it is stopped, in order. */
  delivered(): Promise<readonly string[]>;
}

/** An event of a get by ann, changed as said. */
export function auditEvent(over: Partial<AuditEvent> = {}): AuditEvent {
  return {
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    level: "Metadata",
    auditID: "id-1",
    stage: "ResponseComplete",
    requestURI: "/api/v1/namespaces/demo/configmaps/a",
    verb: "get",
    user: { username: "ann", groups: ["devs", "ops"] },
    sourceIPs: ["127.0.0.1"],
    userAgent: "curl/8",
    objectRef: { resource: "configmaps", namespace: "demo", name: "a", apiVersion: "v1" },
    responseStatus: { metadata: {}, code: 200 },
    requestReceivedTimestamp: "2026-11-26T01:02:03.000000Z",
    stageTimestamp: "2026-11-26T01:02:03.000500Z",
    ...over,
  };
}

/** The record of an event. */
export function auditRecord(over: Partial<AuditEvent> = {}): AuditRecord {
  const event = Object.freeze(auditEvent(over));
  return Object.freeze({ event, json: JSON.stringify(event) });
}

/** The suite that every audit sink passes: call it at the top of a vitest file. */
export function auditContract(options: AuditContractOptions): void {
  describe(`${options.name} keeps the audit contract`, () => {
    const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `event-${index}`);

    it("delivers what it was given by the time it has stopped, in order", async () => {
      const sink = await options.create();
      await sink.start?.();
      for (const auditID of names(50)) await sink.write([auditRecord({ auditID })]);
      await sink.stop?.();
      expect(await options.delivered()).toEqual(names(50));
    });

    it("takes many events at once, and many calls that nobody waits for", async () => {
      const sink = await options.create();
      await sink.start?.();
      const [first = "", ...rest] = names(20);
      const pending = [sink.write([first, ...rest].map((auditID) => auditRecord({ auditID })))];
      for (let index = 20; index < 40; index++) pending.push(sink.write([auditRecord({ auditID: `event-${index}` })]));
      await Promise.all(pending);
      await sink.stop?.();
      expect(await options.delivered()).toEqual(names(40));
    });

    it("stops with nothing to deliver, and leaves the events alone", async () => {
      const sink = await options.create();
      await sink.start?.();
      const record = auditRecord();
      await sink.write([]);
      await sink.write([record]);
      await sink.stop?.();
      expect(record.json).toBe(JSON.stringify(record.event));
    });
  });
}
