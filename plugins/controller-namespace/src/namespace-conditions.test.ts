import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { namespaceConditions } from "./namespace-conditions.js";
import type { NamespaceContent } from "./namespace-content.js";

const EMPTY: NamespaceContent = { remaining: new Map(), finalizers: new Map(), failures: [] };
const HELD: NamespaceContent = {
  remaining: new Map([
    ["secrets.", 2],
    ["rollouts.delivery.example.com", 1],
  ]),
  finalizers: new Map([["example.com/x", 3]]),
  failures: [],
};

function namespace(conditions?: JsonObject[]): KubeObject {
  const status = { phase: "Terminating", ...(conditions && { conditions }) };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: "a" }, status };
}

const of = (conditions: JsonObject[] | undefined, type: string) => conditions?.find((one) => one.type === type);

describe("the conditions of a namespace", () => {
  it("say what holds its content, in upstream's words and order", () => {
    expect(namespaceConditions(namespace(), HELD, "now")).toEqual([
      {
        type: "NamespaceDeletionDiscoveryFailure",
        status: "False",
        reason: "ResourcesDiscovered",
        message: "All resources successfully discovered",
        lastTransitionTime: "now",
      },
      {
        type: "NamespaceDeletionGroupVersionParsingFailure",
        status: "False",
        reason: "ParsedGroupVersions",
        message: "All legacy kube types successfully parsed",
        lastTransitionTime: "now",
      },
      {
        type: "NamespaceDeletionContentFailure",
        status: "False",
        reason: "ContentDeleted",
        message: "All content successfully deleted, may be waiting on finalization",
        lastTransitionTime: "now",
      },
      {
        type: "NamespaceContentRemaining",
        status: "True",
        reason: "SomeResourcesRemain",
        message:
          "Some resources are remaining: rollouts.delivery.example.com has 1 resource instances, secrets. has 2 resource instances",
        lastTransitionTime: "now",
      },
      {
        type: "NamespaceFinalizersRemaining",
        status: "True",
        reason: "SomeFinalizersRemain",
        message: "Some content in the namespace has finalizers remaining: example.com/x in 3 resource instances",
        lastTransitionTime: "now",
      },
    ]);
  });

  it("say what failed", () => {
    const conditions = namespaceConditions(namespace(), { ...EMPTY, failures: ["b is down", "a is down"] }, "now");
    expect(of(conditions, "NamespaceDeletionContentFailure")).toMatchObject({
      status: "True",
      reason: "ContentDeletionFailed",
      message: "Failed to delete all resource types, 2 remaining: a is down, b is down",
    });
  });

  it("are none for one that goes at once, and are left alone when nothing is new", () => {
    expect(namespaceConditions(namespace(), EMPTY, "now")).toBeUndefined();
    const before = namespaceConditions(namespace(), HELD, "then");
    expect(namespaceConditions(namespace(before), HELD, "now")).toBeUndefined();
  });

  it("change their time with their status only, and keep those of others", () => {
    const other = { type: "Mine", status: "True" };
    const before = namespaceConditions(namespace([other]), HELD, "then");
    const fewer = { ...HELD, remaining: new Map([["secrets.", 1]]), finalizers: new Map() };
    const after = namespaceConditions(namespace(before), fewer, "now");
    expect(of(after, "Mine")).toEqual(other);
    expect(of(after, "NamespaceContentRemaining")).toMatchObject({
      status: "True",
      message: "Some resources are remaining: secrets. has 1 resource instances",
      lastTransitionTime: "then",
    });
    expect(of(after, "NamespaceFinalizersRemaining")).toMatchObject({
      status: "False",
      reason: "ContentHasNoFinalizers",
      lastTransitionTime: "now",
    });
    const gone = namespaceConditions(namespace(after), EMPTY, "later");
    expect(of(gone, "NamespaceContentRemaining")).toMatchObject({ status: "False", reason: "ContentRemoved" });
  });
});
