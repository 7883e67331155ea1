import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { PriorityClass } from "./priority-class.js";
import { systemPriorityClasses } from "./system-priority-classes.js";

const classes = new Compiled(PriorityClass);

function priorityClass(fields: JsonObject = {}, name = "high"): KubeObject {
  return classes.object({ value: 10, ...fields }, { name });
}

describe("a priority class", () => {
  it("pushes pods of lower priority out, and is the first of its generation", () => {
    const object = priorityClass();
    expect(object).toMatchObject({ value: 10, preemptionPolicy: "PreemptLowerPriority" });
    const again = structuredClone(object);
    classes.version.hooks.default?.(again);
    expect(again).toEqual(object);
    classes.version.hooks.prepareForCreate?.(object, { ...context, operation: "CREATE" });
    expect(object.metadata.generation).toBe(1);
  });

  it.each<[string, JsonObject, string[]]>([
    ["high", { value: 1_000_000_000, preemptionPolicy: "Never" }, []],
    ["high", { value: -2_147_483_648 }, []],
    [
      "high",
      { value: 1_000_000_001 },
      ["value: Forbidden: maximum allowed value of a user defined priority is 1000000000"],
    ],
    ["high", { preemptionPolicy: "" }, ["preemptionPolicy: Required value"]],
    [
      "high",
      { preemptionPolicy: "Sometimes" },
      ['preemptionPolicy: Unsupported value: "Sometimes": supported values: "PreemptLowerPriority", "Never"'],
    ],
    ["system-node-critical", { value: 2_000_001_000 }, []],
    ["system-cluster-critical", { value: 2_000_000_000 }, []],
    ["system-mine", {}, [reserved("system-mine is not a known system priority class")]],
    ["system-node-critical", {}, [reserved("value of system-node-critical PriorityClass must be 2000001000")]],
    [
      "system-cluster-critical",
      { value: 2_000_000_000, globalDefault: true },
      [reserved("globalDefault of system-cluster-critical PriorityClass must be false")],
    ],
  ])("%s with %j", (name, fields, expected) => {
    expect(classes.problems(priorityClass(fields, name))).toEqual(expected);
  });

  it("keeps its value and its policy", () => {
    const old = priorityClass();
    expect(classes.updateProblems(priorityClass({ value: 11, preemptionPolicy: "Never" }), old)).toEqual([
      "value: Forbidden: may not be changed in an update.",
      'preemptionPolicy: Invalid value: "Never": field is immutable',
    ]);
    const changed = priorityClass({ globalDefault: true, description: "now for all" });
    expect(classes.updateProblems(changed, old)).toEqual([]);
    const huge = priorityClass({ value: 2_000_000_000 });
    expect(classes.problems(huge, { operation: "UPDATE" })).toEqual([]);
  });

  it("goes when it is deleted, unless it is the system's", () => {
    expect(classes.version.hooks.gracePeriod?.(priorityClass(), undefined)).toBeUndefined();
    for (const object of systemPriorityClasses)
      expect(() => classes.version.hooks.gracePeriod?.(object, 0)).toThrow(
        "this is a system priority class and cannot be deleted",
      );
  });

  it("is printed as upstream prints it", () => {
    expect(classes.columns()).toEqual(["Name", "Value", "Global-Default", "Age", "PreemptionPolicy"]);
    const object = priorityClass();
    expect(classes.cell("Value", object)).toBe(10);
    expect(classes.cell("Global-Default", object)).toBe(false);
    expect(classes.cell("Global-Default", priorityClass({ globalDefault: true }))).toBe(true);
    expect(classes.cell("PreemptionPolicy", object)).toBe("PreemptLowerPriority");
  });
});

function reserved(problem: string): string {
  return `metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: ${problem}`;
}
