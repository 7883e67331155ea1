import { expect, it } from "vitest";
import { identity } from "../scene.fixture.js";
import { AbsentOwners } from "./absent-owners.js";

const owner = (uid: string, namespace = "ns1") => identity("v1", "Pod", namespace, "a", uid);

it("remembers so many owners, those the longest that are asked for", () => {
  const owners = new AbsentOwners(2);
  owners.add(owner("1"));
  owners.add(owner("2"));
  expect(owners.has(owner("1"))).toBe(true);
  owners.add(owner("3"));
  expect(["1", "2", "3"].map((uid) => owners.has(owner(uid)))).toEqual([true, false, true]);
  owners.add(owner("1"));
  owners.add(owner("4"));
  expect(["1", "3", "4"].map((uid) => owners.has(owner(uid)))).toEqual([true, false, true]);
});

it("knows owners by all that identifies them", () => {
  const owners = new AbsentOwners(2);
  owners.add(owner("1"));
  expect(owners.has(owner("1", ""))).toBe(false);
  expect(owners.has({ ...owner("1"), apiVersion: "v2" })).toBe(false);
});
