import { expect, it } from "vitest";
import { innerDiff, unifiedDiff } from "./unified-diff.js";

const numbers = Array.from({ length: 20 }, (_, index) => `${index + 1}`);

it("says nothing of what is the same", () => {
  expect(unifiedDiff("a\nb", "a\nb")).toBe("");
});

it("shows a change with the lines around it", () => {
  const after = numbers.with(9, "ten");
  expect(unifiedDiff(numbers.join("\n"), after.join("\n"))).toBe(
    "@@ -7,7 +7,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n",
  );
});

it("joins stretches that meet, and keeps others apart", () => {
  const near = numbers.with(2, "x").toSpliced(8, 0, "y");
  expect(unifiedDiff(numbers.join("\n"), near.join("\n"))).toBe(
    "@@ -1,11 +1,12 @@\n 1\n 2\n-3\n+x\n 4\n 5\n 6\n 7\n 8\n+y\n 9\n 10\n 11\n",
  );
  const far = numbers.toSpliced(0, 1).with(18, "z");
  expect(unifiedDiff(numbers.join("\n"), far.join("\n"))).toBe(
    "@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -17,4 +16,4 @@\n 17\n 18\n 19\n-20\n+z\n",
  );
});

it("counts one line and none as diff does", () => {
  expect(unifiedDiff("a", "b")).toBe("@@ -1 +1 @@\n-a\n+b\n");
});

it("compares structs as they are in memory", () => {
  expect(innerDiff("Taint", { key: "a", effect: "x" }, { effect: "x", key: "<" })).toBe(
    '@@ -1,5 +1,5 @@\n {\n- "Key": "a",\n+ "Key": "\\u003c",\n  "Value": "",\n  "Effect": "x",\n  "TimeAdded": null\n',
  );
});
