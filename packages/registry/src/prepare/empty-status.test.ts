import type { KubeObject } from "@quarterdeck/meta";
import { expect, test } from "vitest";
import { fixtureOf, fixtureVersion } from "../resource.fixture.js";
import { clearStatus } from "./empty-status.js";

const version = fixtureVersion({ status: { type: "any", default: { replicas: 0 } } }, { statusField: "status" });

function cleared(flavour: "typed" | "custom", of = version): KubeObject {
  const { resource, request } = fixtureOf(of, { flavour });
  const object = { kind: "A", apiVersion: "v1", metadata: {}, status: { replicas: 7 } };
  clearStatus(resource, request(), object);
  return object;
}

test("a new object of a typed kind has an empty status, each its own", () => {
  const object = cleared("typed");
  expect(object.status).toEqual({ replicas: 0 });
  expect(cleared("typed").status).not.toBe(object.status);
});

test("one of a custom kind, or of a kind that may be without, has none", () => {
  expect(Object.keys(cleared("custom"))).not.toContain("status");
  const bare = fixtureVersion({ status: { type: "any" } }, { statusField: "status" });
  expect(Object.keys(cleared("typed", bare))).not.toContain("status");
});

test("what a kind without status calls so is its own", () => {
  expect(cleared("typed", fixtureVersion({ status: { type: "any" } })).status).toEqual({ replicas: 7 });
});
