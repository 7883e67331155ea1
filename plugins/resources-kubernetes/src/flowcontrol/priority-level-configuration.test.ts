import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../compiled.fixture.js";
import { MANDATORY_PRIORITY_LEVELS } from "./mandatory-specs.js";
import { PriorityLevelConfiguration } from "./priority-level-configuration.js";

const levels = new Compiled(PriorityLevelConfiguration);
const reject = { type: "Reject" };

function problems(spec: JsonObject, name = "mine"): string[] {
  return levels.problems(levels.object({ spec }, { name }));
}

function limited(change: JsonObject): string[] {
  return problems({ type: "Limited", limited: { limitResponse: reject, ...change } });
}

function queuing(change: JsonObject): string[] {
  return limited({ limitResponse: { type: "Queue", queuing: change } });
}

describe("PriorityLevelConfiguration", () => {
  it("fills in what upstream does, and keeps shares of 0", () => {
    const spec = { type: "Limited", limited: { limitResponse: { type: "Queue", queuing: { queues: 0 } } } };
    expect(levels.object({ spec }).spec).toEqual({
      type: "Limited",
      limited: {
        nominalConcurrencyShares: 30,
        lendablePercent: 0,
        limitResponse: { type: "Queue", queuing: { queues: 64, handSize: 8, queueLengthLimit: 50 } },
      },
    });
    const none = { type: "Limited", limited: { nominalConcurrencyShares: 0, limitResponse: reject } };
    expect(levels.object({ spec: none }).spec).toMatchObject({ limited: { nominalConcurrencyShares: 0 } });
    expect(problems(none)).toEqual([]);
    expect(levels.object({ spec: { type: "Exempt", exempt: {} } }).spec).toEqual({
      type: "Exempt",
      exempt: { nominalConcurrencyShares: 0, lendablePercent: 0 },
    });
  });

  it("is printed as upstream prints it", () => {
    expect(levels.columns(true)).toEqual([
      "Name",
      "Type",
      "NominalConcurrencyShares",
      "Queues",
      "HandSize",
      "QueueLengthLimit",
      "Age",
    ]);
    const cells = (spec: JsonObject) =>
      ["Type", "NominalConcurrencyShares", "Queues", "HandSize", "QueueLengthLimit"].map((name) =>
        levels.cell(name, levels.object({ spec })),
      );
    const queues = { type: "Limited", limited: { limitResponse: { type: "Queue", queuing: {} } } };
    expect(cells(queues)).toEqual(["Limited", 30, 64, 8, 50]);
    expect(cells({ type: "Exempt" })).toEqual(["Exempt", "<none>", "<none>", "<none>", "<none>"]);
  });

  it.each<[JsonObject, string[]]>([
    [{ lendablePercent: 100, borrowingLimitPercent: 0 }, []],
    [{ nominalConcurrencyShares: -1 }, ["nominalConcurrencyShares: Invalid value: -1: must be a non-negative integer"]],
    [{ lendablePercent: 101 }, ["lendablePercent: Invalid value: 101: must be between 0 and 100, inclusive"]],
    [
      { borrowingLimitPercent: -1 },
      ["borrowingLimitPercent: Invalid value: -1: if specified, must be a non-negative integer"],
    ],
    [{ limitResponse: { type: "Queue" } }, ["limitResponse.queuing: Required value"]],
    [{ limitResponse: { type: "Reject", queuing: {} } }, ["limitResponse.queuing: Forbidden"]],
    [{ limitResponse: {} }, ["limitResponse.type: Required value"]],
    [
      { limitResponse: { type: "Wait" } },
      ['limitResponse.type: Unsupported value: "Wait": supported values: "Queue", "Reject"'],
    ],
  ])("checks the limits %j", (change, expected) => {
    expect(limited(change)).toEqual(expected.map((one) => `spec.limited.${one}`));
  });

  it.each<[JsonObject, string[]]>([
    [{ queues: 1, handSize: 1, queueLengthLimit: 1 }, []],
    [
      { queues: -1 },
      [
        "queues: Invalid value: -1: must be positive",
        "handSize: Invalid value: 8: should not be greater than queues (-1)",
      ],
    ],
    [{ queues: 10_000_001, handSize: 1 }, ["queues: Invalid value: 10000001: must not be greater than 10000000"]],
    [{ handSize: 65 }, ["handSize: Invalid value: 65: should not be greater than queues (64)"]],
    [{ queueLengthLimit: -5 }, ["queueLengthLimit: Invalid value: -5: must be positive"]],
    [
      { queues: 512, handSize: 8 },
      [
        "handSize: Invalid value: 8: required entropy bits of deckSize 512 and handSize 8 should not be greater than 60",
      ],
    ],
  ])("checks the queues %j", (change, expected) => {
    expect(queuing(change)).toEqual(expected.map((one) => `spec.limited.limitResponse.queuing.${one}`));
  });

  it("has one exempt level, which is called so", () => {
    const text = "must be 'Exempt' if and only if `name` is 'exempt'";
    expect(problems({ type: "Exempt" })).toEqual([`spec.type: Invalid value: "Exempt": ${text}`]);
    expect(problems({ type: "None" })).toEqual([
      'spec.type: Unsupported value: "None": supported values: "Exempt", "Limited"',
    ]);
    expect(problems({})).toEqual(["spec.type: Required value"]);
    expect(problems({ type: "Limited" })).toEqual(["spec.limited: Required value"]);
    const limits = { limitResponse: reject };
    expect(problems({ type: "Limited", limited: limits, exempt: {} })).toEqual(["spec.exempt: Forbidden"]);
    expect(problems({ limited: limits })).toEqual(["spec.limited: Forbidden", "spec.type: Required value"]);
  });

  it("leaves the mandatory levels as they are, but for what exempt reserves and lends", () => {
    for (const [name, spec] of MANDATORY_PRIORITY_LEVELS) expect(problems(spec, name)).toEqual([]);
    const exempt = { type: "Exempt", exempt: { nominalConcurrencyShares: 7, lendablePercent: 10 } };
    expect(problems(exempt, "exempt")).toEqual([]);
    expect(problems({ type: "Exempt", exempt: { lendablePercent: 101 } }, "exempt")).toHaveLength(1);
    expect(problems({ type: "Limited", limited: { limitResponse: reject } }, "exempt")).toEqual([
      expect.stringContaining("must be 'Exempt'"),
      expect.stringMatching(/spec of 'exempt' except the 'spec.exempt' field must equal the fixed value$/),
    ]);
    const more = { type: "Limited", limited: { nominalConcurrencyShares: 6, limitResponse: reject } };
    expect(problems(more, "catch-all")).toEqual([
      expect.stringMatching(/spec of 'catch-all' must equal the fixed value$/),
    ]);
  });
});
