import { describe, expect, it } from "vitest";
import { Compiled, context } from "../../compiled.fixture.js";
import { Namespace } from "./namespace.js";

const namespaces = new Compiled(Namespace);
const { hooks } = namespaces.version;
const NAME = { name: "demo" };

describe("Namespace", () => {
  it("is printed and served as upstream does", () => {
    expect(namespaces.columns(true)).toEqual(["Name", "Status", "Age"]);
    expect(namespaces.descriptor).toMatchObject({ namespaced: false, nameFormat: "label", shortNames: ["ns"] });
    expect(namespaces.descriptor.verbs.has("deletecollection")).toBe(false);
    expect([...namespaces.version.selectableFields.keys()]).toEqual(["status.phase"]);
    expect(namespaces.version.specField).toBeUndefined();
  });

  it("carries its name as a label, whatever the client says of it", () => {
    const labels = { "kubernetes.io/metadata.name": "other", a: "b" };
    const object = namespaces.object({}, { ...NAME, labels });
    expect(object.metadata.labels).toEqual({ "kubernetes.io/metadata.name": "demo", a: "b" });
  });

  it("begins active and held by its content", () => {
    const object = namespaces.object({ status: { phase: "Terminating" } }, NAME);
    hooks.prepareForCreate?.(object, context);
    expect(object).toMatchObject({ spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } });
    const own = namespaces.object({ spec: { finalizers: ["example.com/a"] } }, NAME);
    hooks.prepareForCreate?.(own, context);
    hooks.prepareForCreate?.(own, context);
    expect(hooks.heldBy?.(own)).toEqual(["example.com/a", "kubernetes"]);
  });

  it("keeps its finalizers on an update", () => {
    const old = namespaces.object({ spec: { finalizers: ["kubernetes"] } }, NAME);
    for (const wanted of [{}, { spec: { finalizers: [] } }, { spec: { finalizers: ["example.com/new"] } }]) {
      const next = namespaces.object(wanted, NAME);
      hooks.prepareForUpdate?.(next, old, context);
      expect(next.spec).toEqual(old.spec);
    }
    const bare = namespaces.object({ spec: { finalizers: ["kubernetes"] } }, NAME);
    hooks.prepareForUpdate?.(bare, namespaces.object({}, NAME), context);
    expect(bare.spec).toEqual({});
  });

  it("turns to Terminating when its delete is asked for", () => {
    const metadata = { ...NAME, deletionTimestamp: "2026-01-01T00:00:00Z", deletionGracePeriodSeconds: 0 };
    const object = namespaces.object({ status: { phase: "Active" } }, metadata);
    hooks.prepareForDelete?.(object, context);
    expect(object.status).toEqual({ phase: "Terminating" });
    expect(object.metadata).not.toHaveProperty("deletionGracePeriodSeconds");
    expect(object.metadata.deletionTimestamp).toBe("2026-01-01T00:00:00Z");
  });

  it("takes standard and qualified finalizers only", () => {
    const problems = (name: string): string[] =>
      namespaces.problems(namespaces.object({ spec: { finalizers: [name] } }, NAME));
    expect(["kubernetes", "orphan", "example.com/a"].flatMap(problems)).toEqual([]);
    expect(problems("mine")).toEqual([
      'spec.finalizers: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
    ]);
    expect(problems("example.com/")[0]).toContain("name part must be non-empty");
  });

  it("has the name as a label when the server makes the name up", () => {
    const object = namespaces.object({}, { generateName: "demo-" });
    object.metadata.name = "demo-x";
    hooks.prepareForCreate?.(object, context);
    expect(object.metadata.labels).toEqual({ "kubernetes.io/metadata.name": "demo-x" });
  });

  it("tells in its status whether it is deleted, and nothing else", () => {
    const told = (phase: string, metadata: object = {}) => {
      const object = namespaces.object({ status: { phase } }, { ...NAME, ...metadata });
      return namespaces.updateProblems(object, object, { subresource: "status" });
    };
    const deleted = { deletionTimestamp: "2026-01-01T00:00:00Z" };
    expect([...told("Active"), ...told("Terminating", deleted)]).toEqual([]);
    expect([...told("Terminating"), ...told("", deleted)]).toEqual([
      "status.Phase: Invalid value: \"Terminating\": may only be 'Active' if `deletionTimestamp` is empty",
      "status.Phase: Invalid value: \"Active\": may only be 'Terminating' if `deletionTimestamp` is not empty",
    ]);
  });

  it("is finalized by a PUT of itself, whose status is not looked at", () => {
    expect(namespaces.descriptor.resetFields).toEqual({ finalize: ["status"] });
    expect(namespaces.version.parts).toEqual(new Map([["finalize", ["update"]]]));
    const old = namespaces.object({ spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } }, NAME);
    const next = namespaces.object({ spec: { finalizers: [] }, status: { phase: "ignored" } }, NAME);
    hooks.prepareForPartUpdate?.(next, old, { ...context, subresource: "finalize" });
    expect(next).toMatchObject({ spec: {}, status: { phase: "Active" } });
    expect(hooks.heldBy?.(next)).toEqual([]);
    const observed = namespaces.object({ status: { phase: "Terminating" } }, NAME);
    hooks.prepareForPartUpdate?.(observed, old, { ...context, subresource: "status" });
    expect(observed.status).toEqual({ phase: "Terminating" });
  });
});
