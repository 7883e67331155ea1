import { describe, expect, it } from "vitest";
import { createObject } from "../create.js";
import { bodyOf, configMaps, refusal } from "../resource.fixture.js";

describe("validateMetadata", () => {
  it.each([
    [{}, "metadata.name", 'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required'],
    [
      { name: "A_b" },
      "metadata.name",
      'ConfigMap "A_b" is invalid: metadata.name: Invalid value: "A_b": a lowercase RFC 1123',
    ],
    [
      { name: ".." },
      "metadata.name",
      'ConfigMap ".." is invalid: metadata.name: Invalid value: "..": a lowercase RFC 1123',
    ],
    [
      { name: "x", labels: { "a b": "1" } },
      "metadata.labels",
      'ConfigMap "x" is invalid: metadata.labels: Invalid value: "a b": name part must',
    ],
    [
      { name: "x", labels: { a: "-" } },
      "metadata.labels",
      'ConfigMap "x" is invalid: metadata.labels: Invalid value: "-": a valid label must',
    ],
    [
      { name: "x", annotations: { a: "v".repeat(262_144) } },
      "metadata.annotations",
      'ConfigMap "x" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes',
    ],
    [
      { name: "x", finalizers: ["a b"] },
      "metadata.finalizers",
      'ConfigMap "x" is invalid: metadata.finalizers: Invalid value: "a b": name part',
    ],
    [
      { name: "x", finalizers: ["orphan", "foregroundDeletion"] },
      "metadata.finalizers",
      'ConfigMap "x" is invalid: metadata.finalizers: Invalid value: ["orphan","foregroundDeletion"]: finalizer orphan and foregroundDeletion cannot be both set',
    ],
    [
      { name: "x", ownerReferences: [{ apiVersion: "v1", kind: "Pod", name: "p" }] },
      "metadata.ownerReferences[0].uid",
      'ConfigMap "x" is invalid: metadata.ownerReferences[0].uid: Required value: must not be empty',
    ],
  ])("refuses bad metadata %#", async (metadata, field, message) => {
    const { resource, request, store } = configMaps();
    const error = await refusal(() => createObject(resource, request(), bodyOf({ metadata })));
    expect(error.status).toMatchObject({
      code: 422,
      reason: "Invalid",
      details: { kind: "ConfigMap", causes: [{ field }] },
    });
    expect(error.message.startsWith(message)).toBe(true);
    expect(store.writes).toBe(0);
  });
});
