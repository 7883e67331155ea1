import { describe, expect, it } from "vitest";
import { checkInputKind } from "./check-kind.js";

const BINDING = { group: "", version: "v1", kind: "Binding" };
const EVICTION = { group: "policy", version: "v1", kind: "Eviction" };

describe("checkInputKind", () => {
  it.each([{}, { kind: "Binding" }, { apiVersion: "v1" }, { kind: "Binding", apiVersion: "v1", metadata: {} }])(
    "takes a body that says %j",
    (body) => {
      expect(() => checkInputKind(BINDING, body)).not.toThrow();
    },
  );

  it("takes evictions of the version before", () => {
    expect(() => checkInputKind(EVICTION, { kind: "Eviction", apiVersion: "policy/v1beta1" })).not.toThrow();
    expect(() => checkInputKind(BINDING, { kind: "Binding", apiVersion: "policy/v1beta1" })).toThrow();
  });

  it.each([
    [
      { kind: "Pod", apiVersion: "v1" },
      'Pod in version "v1" cannot be handled as a Binding: converting (v1.Pod) to (core.Binding): unknown conversion',
    ],
    [
      { apiVersion: "apps/v1" },
      'Binding in version "v1" cannot be handled as a Binding: no kind "Binding" is registered for version "apps/v1" in scheme "pkg/runtime/scheme.go:111"',
    ],
    [
      { kind: "Binding", apiVersion: "/x/../y" },
      'the object provided is unrecognized (must be of type Binding): unexpected GroupVersion string: /x/../y ({"kind":"Binding","apiVersion" ...)',
    ],
  ])("refuses %j", (body, message) => {
    expect(() => checkInputKind(BINDING, body)).toThrow(message);
  });
});
