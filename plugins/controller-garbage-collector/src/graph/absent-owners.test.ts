import { expect, it } from "vitest";
import { identity } from "../scene.fixture.js";
import { AbsentOwners } from "./absent-owners.js";

const owner = (uid: string, namespace = "ns1") => identity("v1", "Pod", namespace, "a", uid);
const known = (owners: AbsentOwners, ...uids: string[]) =>
  uids.filter((uid) => owners.get(owner(uid)) !== undefined).join();

it("remembers so many owners, those the longest that are asked for", () => {
  const owners = new AbsentOwners(2);
  owners.add(owner("1"));
  owners.add(owner("2"));
  expect(known(owners, "1")).toBe("1");
  owners.add(owner("3"));
  expect(known(owners, "1", "2", "3")).toBe("1,3");
  owners.add(owner("1"));
  owners.add(owner("4"));
  expect(known(owners, "1", "3", "4")).toBe("1,4");
});

it("knows owners by all that identifies them, and what was found out of them", () => {
  const owners = new AbsentOwners(2);
  owners.add(owner("1")).elsewhere = true;
  expect(owners.get(owner("1"))).toEqual({ elsewhere: true });
  expect(owners.get(owner("1", ""))).toBeUndefined();
  expect(owners.get({ ...owner("1"), apiVersion: "v2" })).toBeUndefined();
});
