import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { LeaseCandidate } from "./lease-candidate.js";

const candidates = new Compiled(LeaseCandidate);
const spec = {
  leaseName: "l",
  binaryVersion: "1.37.0",
  emulationVersion: "1.36.0",
  strategy: "OldestEmulationVersion",
};
const NO_VERSION = "must be a valid semantic version";

describe("LeaseCandidate", () => {
  it("takes one whose version is not below what it emulates, and strategies of others", () => {
    expect(candidates.problems(candidates.object({ spec }))).toEqual([]);
    const own = { leaseName: "l", binaryVersion: "1.0.0-rc.1", strategy: "example.com/mine" };
    expect(candidates.problems(candidates.object({ spec: own }))).toEqual([]);
  });

  it.each<[JsonObject, string[]]>([
    [
      { leaseName: "", binaryVersion: "", emulationVersion: "", strategy: "" },
      ["spec.leaseName: Required value", "spec.binaryVersion: Required value", "spec.strategy: Required value"],
    ],
    [
      { binaryVersion: "1" },
      [
        `spec.binaryVersion: Invalid value: "1": ${NO_VERSION}`,
        'spec.binaryVersion: Invalid value: "1": must be greater than or equal to `emulationVersion`',
      ],
    ],
    [
      { emulationVersion: "v1" },
      [
        `spec.emulationVersion: Invalid value: "v1": ${NO_VERSION}`,
        "spec.emulationVersion: Required value: must be specified when `strategy` is 'OldestEmulationVersion'",
      ],
    ],
    [
      { binaryVersion: "1.35.9" },
      ['spec.binaryVersion: Invalid value: "1.35.9": must be greater than or equal to `emulationVersion`'],
    ],
    [
      { emulationVersion: "" },
      ["spec.emulationVersion: Required value: must be specified when `strategy` is 'OldestEmulationVersion'"],
    ],
    [
      { strategy: "Newest" },
      ['spec.strategy.strategy: Unsupported value: "Newest": supported values: "OldestEmulationVersion"'],
    ],
  ])("refuses %j", (over, expected) => {
    expect(candidates.problems(candidates.object({ spec: { ...spec, ...over } }))).toEqual(expected);
  });

  it("is called what a key of a ConfigMap may be called", () => {
    expect(candidates.problems(candidates.object({ spec }, { name: "A_b.c-" }))).toEqual([]);
    expect(candidates.problems(candidates.object({ spec }, { name: "a:b" }))).toEqual([
      expect.stringMatching(/^metadata\.name: Invalid value: "a:b": a valid config key must/),
    ]);
  });

  it("stays a candidate for the same lease", () => {
    const changed = candidates.object({ spec: { ...spec, leaseName: "m" } });
    expect(candidates.updateProblems(changed, candidates.object({ spec }))).toEqual([
      'spec.leaseName: Invalid value: "m": field is immutable',
    ]);
  });

  it("is printed as upstream prints it", () => {
    expect(candidates.columns(true)).toEqual(["Name", "LeaseName", "BinaryVersion", "EmulationVersion", "Age"]);
    const object = candidates.object({ spec });
    expect(["LeaseName", "BinaryVersion", "EmulationVersion"].map((name) => candidates.cell(name, object))).toEqual([
      "l",
      "1.37.0",
      "1.36.0",
    ]);
  });
});
