import { describe, expect, it } from "vitest";
import { changedFields } from "./changed-fields.js";

describe("the changed fields", () => {
  const before = {
    spec: { replicas: 2, image: "web:1", steps: [{ name: "a" }] },
    metadata: { labels: { app: "web" } },
  };

  it.each([
    ["a value", { ...before, spec: { ...before.spec, replicas: 3 } }, ["spec.replicas 2→3"]],
    ["a member of a list", { ...before, spec: { ...before.spec, steps: [{ name: "b" }] } }, ["spec.steps[0].name a→b"]],
    ["a longer list", { ...before, spec: { ...before.spec, steps: [{ name: "a" }, "x"] } }, ["spec.steps[1] +x"]],
    ["another type", { ...before, spec: { ...before.spec, steps: "none" } }, ['spec.steps [{"name":"a"}]→none']],
    ["what is gone", { ...before, metadata: {} }, ["metadata.labels.app -web"]],
    ["what is empty", { ...before, status: {} }, ["status +{}"]],
    [
      "what came, by its parts",
      { ...before, status: { ready: true, conditions: [{ type: "Ready" }] } },
      ["status.ready +true", "status.conditions[0].type +Ready"],
    ],
    [
      "a name that is no word",
      { ...before, metadata: { labels: { app: "web", "example.com/tier": "x" } } },
      ['metadata.labels["example.com/tier"] +x'],
    ],
    [
      "a long text, cut",
      { ...before, data: { k: "0123456789".repeat(5) } },
      ['data.k +"0123456789012345678901234567890123456789"…'],
    ],
    [
      "nothing that every write changes",
      { ...before, metadata: { ...before.metadata, resourceVersion: "7", generation: 2, managedFields: [{}] } },
      [],
    ],
  ])("tell %s", (_what, after, expected) => {
    expect(changedFields(before, after)).toEqual(expected);
  });
});
