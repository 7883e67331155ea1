import type { KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { AUTO_UPDATE, priorityLevel } from "../bootstrap/bootstrap-objects.js";
import { MANDATORY_LEVELS } from "../bootstrap/mandatory-objects.js";
import { danglingStatus } from "./dangling-status.js";
import { keptObject } from "./kept-object.js";

const wanted = priorityLevel("system", { type: "Limited", limited: { nominalConcurrencyShares: 30 } });
const other = { type: "Limited", limited: { nominalConcurrencyShares: 31 } };

function stored(spec: KubeObject["spec"], annotation: string | undefined, generation = 1): KubeObject {
  const annotations = annotation === undefined ? {} : { [AUTO_UPDATE]: annotation };
  return { ...wanted, metadata: { name: "system", generation, annotations }, ...(spec === undefined ? {} : { spec }) };
}

const told = (object: KubeObject | undefined) =>
  object && [object.metadata.annotations?.[AUTO_UPDATE], JSON.stringify(object.spec)];

describe("keptObject", () => {
  it("changes nothing of what is right, whatever the order of its members", () => {
    const same = { limited: { nominalConcurrencyShares: 30 }, type: "Limited" };
    expect(keptObject(stored(same, "true"), wanted, false)).toBeUndefined();
    expect(keptObject(stored(other, "false"), wanted, false)).toBeUndefined();
  });

  it("follows the server while the annotation says so, or nobody has changed the object", () => {
    const right = ["true", JSON.stringify(wanted.spec)];
    expect(told(keptObject(stored(other, "true", 5), wanted, false))).toEqual(right);
    expect(told(keptObject(stored(other, undefined), wanted, false))).toEqual(right);
    expect(told(keptObject(stored(wanted.spec, "maybe"), wanted, false))).toEqual(right);
  });

  it("leaves an object that was changed to its owner, and says so in the annotation", () => {
    expect(told(keptObject(stored(other, undefined, 2), wanted, false))).toEqual(["false", JSON.stringify(other)]);
  });

  it("follows the server for mandatory ones whatever they say, but for what exempt lends", () => {
    expect(told(keptObject(stored(other, "false", 5), wanted, true))).toEqual(["true", JSON.stringify(wanted.spec)]);
    const exempt = MANDATORY_LEVELS.find(({ metadata }) => metadata.name === "exempt");
    if (exempt === undefined) throw new Error("there is no exempt level");
    const lending = { type: "Exempt", exempt: { nominalConcurrencyShares: 10, lendablePercent: 50 } };
    const owned = { ...exempt, spec: lending, metadata: { name: "exempt", annotations: { [AUTO_UPDATE]: "false" } } };
    expect(keptObject(owned, exempt, true)).toBeUndefined();
  });
});

describe("danglingStatus", () => {
  const now = new Date("2026-01-02T03:04:05.678Z");
  const schema = (conditions: object[]): KubeObject =>
    JSON.parse(JSON.stringify({ ...wanted, status: { conditions } }));

  it("says when it has changed, and leaves other conditions alone", () => {
    const before = { type: "Dangling", status: "True", lastTransitionTime: "2025-01-01T00:00:00Z", reason: "NotFound" };
    expect(danglingStatus(schema([{ type: "Other" }, before]), "low", true, now)).toEqual({
      conditions: [
        { type: "Other" },
        {
          type: "Dangling",
          status: "False",
          lastTransitionTime: "2026-01-02T03:04:05Z",
          reason: "Found",
          message: 'This FlowSchema references the PriorityLevelConfiguration object named "low" and it exists',
        },
      ],
    });
  });

  it("is silent when nothing has, and keeps the time when only the text has", () => {
    const first = danglingStatus(schema([]), "low", false, now);
    const [condition] = Array.isArray(first?.conditions) ? first.conditions : [];
    expect(danglingStatus(schema([Object(condition)]), "low", false, new Date())).toBeUndefined();
    const renamed = danglingStatus(schema([Object(condition)]), "high", false, new Date());
    expect(renamed).toMatchObject({ conditions: [{ lastTransitionTime: "2026-01-02T03:04:05Z" }] });
  });
});
