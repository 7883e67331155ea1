import { describe, expect, it } from "vitest";
import { Compiled } from "../compiled.fixture.js";
import { CoreEvent } from "./core-event.js";
import { Event } from "./event.js";

const events = new Compiled(Event, CoreEvent);

const made = {
  eventTime: "2026-01-01T00:00:00.000000Z",
  regarding: { kind: "Pod", namespace: "demo", name: "web" },
  reportingController: "example.com/c",
  reportingInstance: "c-1",
  action: "Pull",
  reason: "Pulled",
  type: "Normal",
};

describe("an update of an event of events.k8s.io", () => {
  it("may say how often it was seen", () => {
    const series = { count: 2, lastObservedTime: "2026-01-01T00:00:01.000000Z" };
    expect(events.updateProblems(events.object({ ...made, series }), events.object(made))).toEqual([]);
    expect(events.updateProblems(events.object({ ...made, series: { count: 1 } }), events.object(made))).toEqual([
      'series.count: Invalid value: "": should be at least 2',
      "series.lastObservedTime: Required value",
    ]);
  });

  it("changes nothing else: values are those of upstream's struct, with the names of the core group", () => {
    const { type: _type, ...rest } = made;
    const next = {
      ...rest,
      regarding: { kind: "Pod" },
      note: "so",
      deprecatedSource: { host: "h" },
      deprecatedCount: 3,
      related: { uid: "u" },
    };
    const fixed = "field is immutable";
    const nothing = '"ResourceVersion":"","FieldPath":""}';
    expect(events.updateProblems(events.object(next), events.object(made))).toEqual([
      `involvedObject: Invalid value: {"Kind":"Pod","Namespace":"","Name":"","UID":"","APIVersion":"",${nothing}: ${fixed}`,
      `message: Invalid value: "so": ${fixed}`,
      `source: Invalid value: {"Component":"","Host":"h"}: ${fixed}`,
      `count: Invalid value: 3: ${fixed}`,
      `type: Invalid value: "": ${fixed}`,
      `related: Invalid value: {"Kind":"","Namespace":"","Name":"","UID":"u","APIVersion":"",${nothing}: ${fixed}`,
    ]);
  });
});
