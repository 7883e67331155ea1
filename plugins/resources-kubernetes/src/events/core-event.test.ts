import { describe, expect, it } from "vitest";
import { Compiled } from "../compiled.fixture.js";
import { CoreEvent } from "./core-event.js";

const events = new Compiled(CoreEvent);
const involvedObject = { kind: "Pod", namespace: "demo", name: "web", fieldPath: "spec.containers{web}" };
const EARLY = "2026-01-01T00:00:00Z";
const EARLY_MICRO = "2026-01-01T00:00:00.000000Z";
const LATE = "2026-01-01T01:00:00Z";
const LATEST = "2026-01-01T02:00:00.000000Z";

describe("Event", () => {
  it("has upstream's columns: no name and no age unless asked for", () => {
    expect(events.columns()).toEqual(["Last Seen", "Type", "Reason", "Object", "Message"]);
    expect(events.columns(true)).toEqual([
      "Last Seen",
      "Type",
      "Reason",
      "Object",
      "Subobject",
      "Source",
      "Message",
      "First Seen",
      "Count",
      "Name",
    ]);
  });

  it("prints what the older API reports", () => {
    const event = events.object({
      involvedObject,
      type: "Normal",
      reason: "Pulled",
      message: " done\n",
      source: { component: "kubelet", host: "node-1" },
      firstTimestamp: EARLY,
      lastTimestamp: LATE,
      count: 7,
    });
    expect(events.version.columns.map((column) => column.cell(event))).toEqual([
      LATE,
      "Normal",
      "Pulled",
      "pod/web",
      "spec.containers{web}",
      "kubelet, node-1",
      "done",
      EARLY,
      7,
      "a",
    ]);
  });

  it("prints what the newer API reports", () => {
    const event = events.object({
      involvedObject: { kind: "Node" },
      reportingComponent: "scheduler",
      reportingInstance: "",
      eventTime: EARLY,
    });
    const cells = ["Last Seen", "Type", "Object", "Source", "First Seen", "Count"].map((name) =>
      events.cell(name, event),
    );
    expect(cells).toEqual([EARLY_MICRO, "", "node", "scheduler", EARLY_MICRO, 1]);
    const series = events.object({ involvedObject, eventTime: EARLY, series: { count: 9, lastObservedTime: LATEST } });
    expect([events.cell("Last Seen", series), events.cell("Count", series)]).toEqual([LATEST, 9]);
  });

  it("is selectable by upstream's fields", () => {
    expect([...events.version.selectableFields.keys()].sort()).toEqual([
      "involvedObject.apiVersion",
      "involvedObject.fieldPath",
      "involvedObject.kind",
      "involvedObject.name",
      "involvedObject.namespace",
      "involvedObject.resourceVersion",
      "involvedObject.uid",
      "reason",
      "reportingComponent",
      "source",
      "type",
    ]);
    const read = events.version.selectableFields.get("source");
    expect(read?.(events.object({ involvedObject, source: { component: "kubelet" } }))).toBe("kubelet");
    expect(read?.(events.object({ involvedObject, reportingComponent: "scheduler" }))).toBe("scheduler");
  });

  it("lives where its object lives; one about a cluster-scoped object in default", () => {
    const about = (namespace: string, where: string): string[] =>
      events.problems(events.object({ involvedObject: { kind: "Node", namespace } }, { name: "a", namespace: where }));
    expect(about("demo", "demo")).toEqual([]);
    expect(about("", "default")).toEqual([]);
    expect(about("", "kube-system")).toHaveLength(1);
    expect(about("other", "demo")).toEqual([
      'involvedObject.namespace: Invalid value: "other": does not match event.namespace',
    ]);
    expect(about("", "demo")).toHaveLength(1);
  });

  it("may have any name that a path can have", () => {
    expect(events.descriptor.nameFormat).toBe("path-segment");
  });

  it("is gone after an hour", () => {
    expect(events.descriptor.ttlSeconds).toBe(3600);
  });

  it("of the newer kind says who did what", () => {
    const event = { involvedObject: {}, eventTime: EARLY };
    const where = (namespace: string, fields: object): string[] =>
      events.problems(events.object({ ...event, ...fields }, { name: "a", namespace }));
    expect(
      where("kube-system", { reportingComponent: "a/b", reportingInstance: "i", action: "a", reason: "r" }),
    ).toEqual([]);
    const long = "x".repeat(129);
    expect(where("demo", { reportingComponent: "a b", action: long, message: "x".repeat(1025) })).toEqual([
      'involvedObject.namespace: Invalid value: "": does not match event.namespace',
      expect.stringMatching(
        /^reportingComponent: Invalid value: "a b": name part must consist of alphanumeric characters/,
      ),
      "reportingInstance: Required value",
      'action: Invalid value: "": can have at most 128 characters',
      "reason: Required value",
      'message: Invalid value: "": can have at most 1024 characters',
    ]);
  });
});
