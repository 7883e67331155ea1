import { describe, expect, it } from "vitest";
import { rolloutVersion } from "../resource.fixture.js";
import { parseListQuery } from "./parse-list-query.js";
import { selectorConditions } from "./selector-conditions.js";

function conditions(
  query: { [name: string]: string },
  narrowed = { namespace: "", name: undefined as string | undefined },
) {
  const selector = selectorConditions(rolloutVersion({}), parseListQuery(new URLSearchParams(query)), narrowed);
  return (
    selector && {
      complete: selector.complete,
      conditions: selector.conditions.map(({ attribute, values }) => [attribute.id, values]),
    }
  );
}

describe("selectorConditions", () => {
  it.each([
    ["app=web", true, [["label app", ["web"]]]],
    [
      "app==web,tier in (a,b)",
      true,
      [
        ["label app", ["web"]],
        ["label tier", ["a", "b"]],
      ],
    ],
    ["app", true, [["label app", undefined]]],
    ["app=web,tier!=a", false, [["label app", ["web"]]]],
    ["app=web,!tier", false, [["label app", ["web"]]]],
    ["app=web,size>3", false, [["label app", ["web"]]]],
    ["app=", true, [["label app", [""]]]],
  ])("takes from %s what says how a label is", (labelSelector, complete, expected) => {
    expect(conditions({ labelSelector })).toEqual({ complete, conditions: expected });
  });

  it.each(["app!=web", "app notin (a,b)", "!app", "app<3", ""])("takes nothing from %j", (labelSelector) => {
    expect(conditions({ labelSelector })).toBeUndefined();
  });

  it("takes selectable fields, by version; what the read is confined to needs no condition", () => {
    const image = ["field v1 spec.image", ["web"]];
    expect(conditions({ fieldSelector: "spec.image=web" })).toEqual({ complete: true, conditions: [image] });
    expect(conditions({ fieldSelector: "spec.image!=web" })).toBeUndefined();
    const fieldSelector = "spec.image=web,metadata.name=a,metadata.namespace=demo";
    const confined = { namespace: "demo", name: "a" };
    expect(conditions({ fieldSelector }, confined)).toEqual({ complete: true, conditions: [image] });
    expect(conditions({ fieldSelector }, { ...confined, namespace: "" })).toEqual({
      complete: false,
      conditions: [image],
    });
    expect(conditions({ fieldSelector: "metadata.name!=a", labelSelector: "app" }, confined)?.complete).toBe(false);
  });

  it("reads labels of their own only, and fields in the version of the request", () => {
    const query = parseListQuery(new URLSearchParams({ labelSelector: "constructor", fieldSelector: "spec.image=x" }));
    const version = rolloutVersion({ fromStorage: (object) => ({ ...object, spec: { image: "converted" } }) });
    const selector = selectorConditions(version, query, { namespace: "", name: undefined });
    const object = { kind: "K", apiVersion: "v1", metadata: {} };
    const stored = {
      key: "k",
      namespace: "",
      name: "n",
      revision: 1,
      createRevision: 1,
      labels: {},
      metadata: object.metadata,
      bytes: Buffer.alloc(0),
      object,
      rendition: (_: string, make: () => Buffer) => make(),
    };
    expect(selector?.conditions.map(({ attribute }) => attribute.read(stored))).toEqual([undefined, "converted"]);
  });
});
