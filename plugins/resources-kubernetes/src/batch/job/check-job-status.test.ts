import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { template } from "../jobs.fixture.js";
import { Job } from "./job.js";

const jobs = new Compiled(Job);
const START = "2024-01-01T00:00:00Z";
const END = "2024-01-01T01:00:00Z";

function conditions(...types: string[]): JsonObject {
  return { conditions: types.map((type) => ({ type, status: "True" })) };
}

function problems(status: JsonObject, old: JsonObject = {}, spec: JsonObject = {}): string[] {
  const make = (value: JsonObject) => jobs.object({ spec: { template: template(), ...spec }, status: value });
  const found = jobs.updateProblems(make(status), make(old), { subresource: "status" });
  return found.map((problem) => problem.replace("status.", ""));
}

const COMPLETE = { ...conditions("SuccessCriteriaMet", "Complete"), startTime: START, completionTime: END };
const FAILED = { ...conditions("FailureTarget", "Failed"), startTime: START };
const INDEXED = { completionMode: "Indexed", completions: 10, parallelism: 2, backoffLimitPerIndex: 1 };

describe("the status of a job", () => {
  it.each<[JsonObject, JsonObject]>([
    [{ active: 1, ready: 1, startTime: START }, {}],
    [COMPLETE, { startTime: START, active: 1 }],
    [FAILED, { startTime: START, active: 1 }],
    // what was wrong before may stay
    [
      { ready: 3, active: 1, failed: 1 },
      { ready: 3, active: 1 },
    ],
    [{ ...conditions("Complete"), succeeded: 1 }, conditions("Complete")],
  ])("may be %j after %j", (status, old) => {
    expect(problems(status, old)).toEqual([]);
  });

  it.each<[JsonObject, JsonObject, string[]]>([
    [{ active: -1 }, {}, ["active: Invalid value: -1: must be greater than or equal to 0"]],
    [
      {},
      COMPLETE,
      [
        "conditions: Invalid value: cannot disable the terminal Complete=True condition",
        "startTime: Invalid value: null: field is immutable for unsuspended job once set",
        "conditions: Invalid value: cannot disable the SuccessCriteriaMet=True condition",
      ],
    ],
    [
      { active: -1, succeeded: -1, failed: -1, ready: -1, terminating: -1 },
      { active: -1, succeeded: -1, failed: -1 },
      ["active", "succeeded", "failed", "ready", "terminating"].map(
        (name) => `${name}: Invalid value: -1: must be greater than or equal to 0`,
      ),
    ],
    [
      { uncountedTerminatedPods: { succeeded: ["a", "", "a"], failed: ["a"] } },
      {},
      [
        'uncountedTerminatedPods.succeeded[1]: Invalid value: "": must not be empty',
        'uncountedTerminatedPods.succeeded[2]: Duplicate value: "a"',
        'uncountedTerminatedPods.failed[0]: Duplicate value: "a"',
      ],
    ],
    [
      { ...COMPLETE, ...conditions("SuccessCriteriaMet", "Complete", "Failed", "FailureTarget") },
      {},
      [
        "conditions: Invalid value: cannot set Complete=True and Failed=true conditions",
        "conditions: Invalid value: cannot set Complete=True and FailureTarget=true conditions",
        "conditions: Invalid value: cannot set SuccessCriteriaMet=True and Failed=true conditions",
        "conditions: Invalid value: cannot set SuccessCriteriaMet=True and FailureTarget=true conditions",
      ],
    ],
    [
      { ...FAILED, ...conditions("Failed") },
      {},
      ["conditions: Invalid value: cannot set Failed=True condition without the FailureTarget=true condition"],
    ],
    [
      { ...COMPLETE, ...conditions("Complete") },
      {},
      ["conditions: Invalid value: cannot set Complete=True condition without the SuccessCriteriaMet=true condition"],
    ],
    [
      { completionTime: END },
      {},
      [`completionTime: Invalid value: "${END}": cannot set completionTime when there is no Complete=True condition`],
    ],
    [
      { ...conditions("SuccessCriteriaMet", "Complete") },
      {},
      [
        "completionTime: Required value: completionTime is required for Complete jobs",
        "startTime: Required value: startTime is required for finished job",
      ],
    ],
    [
      { ...COMPLETE, startTime: END, completionTime: START },
      {},
      [`completionTime: Invalid value: "${START}": must be equal to or after \`startTime\``],
    ],
    [
      { ...COMPLETE, active: 1, terminating: 2, uncountedTerminatedPods: { failed: ["a"] } },
      {},
      [
        "active: Invalid value: 1: active>0 is invalid for finished job",
        'uncountedTerminatedPods: Invalid value: {"Succeeded":null,"Failed":["a"]}: must be empty for finished job',
        "terminating: Invalid value: 2: terminating>0 is invalid for finished job",
      ],
    ],
    [{ ready: 2, active: 1 }, {}, ["ready: Invalid value: 2: cannot set more ready pods than active"]],
    [
      { startTime: START },
      FAILED,
      [
        "conditions: Invalid value: cannot disable the terminal Failed=True condition",
        "conditions: Invalid value: cannot disable the terminal FailureTarget=True condition",
      ],
    ],
    [
      {},
      conditions("SuccessCriteriaMet"),
      ["conditions: Invalid value: cannot disable the SuccessCriteriaMet=True condition"],
    ],
    [
      COMPLETE,
      { ...COMPLETE, ...conditions("Complete") },
      ["conditions: Invalid value: cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions"],
    ],
    [
      { failed: 1, succeeded: 1 },
      { failed: 2, succeeded: 2 },
      [
        "failed: Invalid value: 1: cannot decrease the failed counter",
        "succeeded: Invalid value: 1: cannot decrease the succeeded counter",
      ],
    ],
    [
      { ...COMPLETE, completionTime: "2024-01-01T02:00:00Z" },
      COMPLETE,
      ['completionTime: Invalid value: "2024-01-01T02:00:00Z": field is immutable'],
    ],
    [
      { startTime: END },
      { startTime: START },
      [`startTime: Invalid value: "${END}": field is immutable for unsuspended job once set`],
    ],
    [
      { completedIndexes: "1" },
      {},
      [
        'completedIndexes: Invalid value: "1": error parsing completedIndexes: too large index: "1"',
        'completedIndexes: Invalid value: "1": cannot set non-empty completedIndexes when non-indexed completion mode',
      ],
    ],
    [
      { failedIndexes: "0" },
      {},
      ['failedIndexes: Invalid value: "0": cannot set non-null failedIndexes when backoffLimitPerIndex is null'],
    ],
  ])("may not be %j after %j", (status, old, expected) => {
    expect(problems(status, old)).toEqual(expected);
  });

  it("has indexes in order, and none twice", () => {
    expect(problems({ completedIndexes: "0-3", failedIndexes: "4,6" }, {}, INDEXED)).toEqual([]);
    expect(problems({ completedIndexes: "3,1", failedIndexes: "a" }, {}, INDEXED)).toEqual([
      'completedIndexes: Invalid value: "3,1": error parsing completedIndexes: non-increasing order, previous: 3, current: 1',
      'failedIndexes: Invalid value: "a": error parsing failedIndexes: cannot convert string to integer for index: "a"',
    ]);
    expect(problems({ completedIndexes: "0-3", failedIndexes: "2" }, {}, INDEXED)).toEqual([
      'failedIndexes: Invalid value: "2": failedIndexes and completedIndexes overlap at index: 2',
    ]);
  });

  it("may succeed less often once the job is made smaller, and start again once it was suspended", () => {
    expect(problems({ succeeded: 1 }, { succeeded: 2 }, { ...INDEXED, parallelism: 10 })).toEqual([]);
    expect(problems({}, { startTime: START }, { suspend: true })).toEqual([]);
    const resumed = { startTime: END, conditions: [{ type: "Suspended", status: "False" }] };
    expect(problems(resumed, { startTime: START, ...conditions("Suspended") })).toEqual([]);
  });

  it("needs no start when nothing was ever to run", () => {
    const done = { ...conditions("SuccessCriteriaMet", "Complete"), completionTime: END };
    expect(problems(done, {}, { suspend: true, completions: 0, parallelism: 1 })).toEqual([]);
  });

  it("is complete by its policy on success", () => {
    const spec = { ...INDEXED, successPolicy: { rules: [{ succeededCount: 1 }] } };
    const status = { ...COMPLETE, ...conditions("Complete") };
    expect(problems(status, status, spec)).toEqual([
      "conditions: Invalid value: cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True",
    ]);
  });
});
