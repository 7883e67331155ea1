import type { JsonObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { Compiled } from "../../compiled.fixture.js";
import { ControllerRevision } from "./controller-revision.js";

const revisions = new Compiled(ControllerRevision);

describe("ControllerRevision", () => {
  it.each<[JsonObject, string[]]>([
    [{ data: { spec: {} }, revision: 1 }, []],
    [{ data: { spec: {} } }, []],
    [{ revision: 1 }, ["data: Required value: data is mandatory"]],
    [{ data: {}, revision: -1 }, ["revision: Invalid value: -1: must be greater than or equal to 0"]],
  ])("is checked: %j", (fields, expected) => {
    expect(revisions.problems(revisions.object(fields))).toEqual(expected);
  });

  it("may be put elsewhere in the order, but stays what it is", () => {
    const old = revisions.object({ data: { a: 1 }, revision: 1 });
    expect(revisions.updateProblems(revisions.object({ data: { a: 1 }, revision: 2 }), old)).toEqual([]);
    expect(revisions.updateProblems(revisions.object({ data: { a: 2 }, revision: 1 }), old)).toEqual([
      'data: Invalid value: {"a":2}: field is immutable',
    ]);
  });

  it("has upstream's columns", () => {
    expect(revisions.columns()).toEqual(["Name", "Controller", "Revision", "Age"]);
    const owner = { apiVersion: "apps/v1", kind: "StatefulSet", name: "db", uid: "1", controller: true };
    const object = revisions.object({ data: {}, revision: 3 }, { name: "db-3", ownerReferences: [owner] });
    expect([revisions.cell("Controller", object), revisions.cell("Revision", object)]).toEqual([
      "statefulset.apps/db",
      3,
    ]);
    expect(revisions.cell("Controller", revisions.object({}))).toBe("<none>");
  });
});
