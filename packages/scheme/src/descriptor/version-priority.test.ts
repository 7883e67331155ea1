import { expect, it } from "vitest";
import { compareVersions } from "./version-priority.js";

it("puts stable before beta before alpha, newer before older, names of another form last", () => {
  const sorted = ["v1", "v1alpha1", "foo1", "v10", "v2", "v1beta2", "v1beta10", "v2alpha1", "v0", "bar", "v11alpha2"];
  expect(sorted.sort(compareVersions)).toEqual([
    "v10",
    "v2",
    "v1",
    "v1beta10",
    "v1beta2",
    "v11alpha2",
    "v2alpha1",
    "v1alpha1",
    "bar",
    "foo1",
    "v0",
  ]);
});
