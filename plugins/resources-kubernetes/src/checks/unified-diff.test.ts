import { expect, it } from "vitest";
import { jsonDiff, unifiedDiff } from "./unified-diff.js";

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

it("tells of parts that are too large to compare as a whole", () => {
  const before = Array.from({ length: 2100 }, (_, index) => `a${index}`);
  const after = before.map((text, index) => (index === 1000 ? text : `b${text}`));
  const lines = unifiedDiff(before.join("\n"), after.join("\n")).split("\n");
  expect(lines[0]).toBe("@@ -1,2100 +1,2100 @@");
  expect(lines.filter((line) => line.startsWith(" "))).toEqual([]);
});

it("compares values by their JSON, in whatever order", () => {
  expect(jsonDiff({ a: 1, b: [1] }, { b: [2], a: 1 })).toBe(
    '@@ -1,6 +1,6 @@\n {\n  "a": 1,\n  "b": [\n-  1\n+  2\n  ]\n }\n',
  );
});
