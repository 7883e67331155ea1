import { expect, test } from "vitest";
import { FieldSet } from "../field-set/field-set.js";
import type { Managers } from "./managers.js";
import { oneVersion, ownersOf, STRING } from "./merge-case.fixture.js";
import { Merger } from "./merger.js";

const merger = new Merger(oneVersion({ a: STRING, b: STRING }));
const live = { a: "1", b: "1" };

function manager(apiVersion: string, applied: boolean, ...fields: readonly string[]) {
  return { fields: FieldSet.of(...fields.map((field) => [{ field }])), apiVersion, applied };
}

const managers: Managers = new Map([
  ["ann", manager("v0", true, "a")],
  ["ben", manager("v1", true, "b")],
]);

test("an update drops managers of a version that is not known any more", () => {
  const after = merger.update(live, { a: "1", b: "2" }, "v1", managers, "cid");
  expect(ownersOf(after)).toEqual({ cid: [".b"] });
});

test("an update that changes nothing drops them as well", () => {
  expect(ownersOf(merger.update(live, live, "v1", managers, "cid"))).toEqual({ ben: [".b"] });
});

test("an apply drops them, and meets no conflict with them", () => {
  const { object, managers: after } = merger.apply(live, { a: "2" }, "v1", managers, "cid", false);
  expect(object).toEqual({ a: "2", b: "1" });
  expect(ownersOf(after)).toEqual({ ben: [".b"], cid: [".a"] });
});

test("what a manager applied in a version that is not known any more stays", () => {
  const { object, managers: after } = merger.apply(live, { b: "1" }, "v1", managers, "ann", false);
  expect(object).toBeUndefined();
  expect(ownersOf(after)).toEqual({ ben: [".b"], ann: [".b"] });
});

test("a write in a version that is not known is a mistake of the caller", () => {
  expect(() => merger.apply(live, {}, "v0", managers, "ann", false)).toThrow("no schema of version v0");
  expect(() => merger.update(live, live, "v0", managers, "ann")).toThrow("no schema of version v0");
});

test("who owned nothing that changed is the very same as before", () => {
  const after = merger.update(live, { a: "1", b: "1" }, "v1", managers, "cid");
  expect(after.get("ben")).toBe(managers.get("ben"));
});
