import { type KubeObject, StatusError } from "@quarterdeck/meta";
import { type AdmissionAttributes, isDenial, type Lister } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { NamespaceLifecycle } from "./namespace-lifecycle.js";

function namespace(name: string, deletionTimestamp?: string): KubeObject {
  const gone = deletionTimestamp === undefined ? {} : { deletionTimestamp };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, ...gone } };
}

function lister(cached: KubeObject[], stored: KubeObject[]): Lister {
  const find = (list: KubeObject[], name: string) => list.find((one) => one.metadata.name === name);
  return {
    get: (name) => find(cached, name),
    list: () => cached,
    getFresh: async (name) => find(stored, name),
    observe: () => () => {},
  };
}

const live = namespace("demo");
const dying = namespace("dying", "2026-01-01T00:00:00Z");
const fresh = namespace("fresh");
const plugin = new NamespaceLifecycle({ immortal: ["default"] }, lister([live, dying], [live, dying, fresh]));

function attributes(over: Partial<AdmissionAttributes>): AdmissionAttributes {
  return {
    operation: "CREATE",
    kind: { group: "", version: "v1", kind: "ConfigMap" },
    resource: { group: "", version: "v1", resource: "configmaps" },
    subresource: "",
    namespace: "demo",
    name: "a",
    object: undefined,
    oldObject: undefined,
    dryRun: false,
    user: { name: "x", groups: [] },
    warn() {},
    annotate: () => {},
    ...over,
  };
}

const ofNamespace = { resource: { group: "", version: "v1", resource: "namespaces" }, namespace: "" };

describe("namespace-lifecycle", () => {
  it("lets a write into a living namespace pass without waiting", () => {
    expect(plugin.mutate(attributes({}))).toBeUndefined();
  });

  it("answers 404 for a namespace that neither the cache nor the store has", async () => {
    const error = await Promise.resolve(plugin.mutate(attributes({ namespace: "nons" }))).catch((thrown) => thrown);
    expect(StatusError.is(error) && error.status).toMatchObject({ code: 404, message: 'namespaces "nons" not found' });
  });

  it("believes the store when the cache is behind", async () => {
    expect(await plugin.mutate(attributes({ namespace: "fresh" }))).toBeUndefined();
  });

  it("refuses new content in a namespace that is being deleted, with upstream's cause", () => {
    let thrown: unknown;
    try {
      plugin.mutate(attributes({ namespace: "dying" }));
    } catch (error) {
      thrown = error;
    }
    expect(StatusError.is(thrown) && thrown.status).toMatchObject({
      code: 403,
      reason: "Forbidden",
      message:
        'configmaps "a" is forbidden: unable to create new content in namespace dying because it is being terminated',
      details: { causes: [{ reason: "NamespaceTerminating", field: "metadata.namespace" }] },
    });
  });

  it("calls a new object by its prefix as long as it has no name, or Unknown", () => {
    const made = (metadata: object) => ({ apiVersion: "v1", kind: "ConfigMap", metadata });
    const refuse = (metadata: object) => () =>
      plugin.mutate(attributes({ namespace: "dying", name: "", object: made(metadata) }));
    expect(refuse({ generateName: "web-" })).toThrow('configmaps "web-" is forbidden: unable to create');
    expect(refuse({})).toThrow('configmaps "Unknown" is forbidden: unable to create');
  });

  it("believes what a transaction has staged before the cache", () => {
    const made = { apiVersion: "v1", kind: "Namespace", metadata: { name: "made" } };
    expect(plugin.mutate(attributes({ namespace: "made", staged: () => made }))).toBeUndefined();
    const dying = { ...made, metadata: { name: "demo", deletionTimestamp: "2026-01-01T00:00:00Z" } };
    expect(() => plugin.mutate(attributes({ staged: () => dying }))).toThrow("is being terminated");
    expect(() => plugin.mutate(attributes({ staged: () => null }))).toThrow('namespaces "demo" not found');
    expect(plugin.mutate(attributes({ staged: () => undefined }))).toBeUndefined();
  });

  it("still lets content of a dying namespace be updated and deleted", () => {
    expect(plugin.mutate(attributes({ namespace: "dying", operation: "UPDATE" }))).toBeUndefined();
    expect(plugin.mutate(attributes({ namespace: "nons", operation: "DELETE" }))).toBeUndefined();
  });

  it("never lets an immortal namespace be deleted", () => {
    const verdict = plugin.mutate(attributes({ ...ofNamespace, operation: "DELETE", name: "default" }));
    expect(isDenial(verdict) && verdict.reason).toBe("this namespace may not be deleted");
    expect(plugin.mutate(attributes({ ...ofNamespace, operation: "DELETE", name: "demo" }))).toBeUndefined();
  });
});
