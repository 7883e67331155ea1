import { describe, expect, it } from "vitest";
import { unifiedDiff } from "./unified-diff.js";

const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_one, at) => `line ${from + at}`);
const text = (all: readonly string[]) => all.map((line) => `${line}\n`).join("");

/** What the first text becomes by a diff, as `patch` would make it: every line of a hunk must be where it says. */
function patched(before: string, diff: readonly string[]): string {
  const old = before.split("\n").slice(0, -1);
  const result: string[] = [];
  let at = 0;
  for (const line of diff) {
    const [, start, length] = /^@@ -(\d+)(?:,(\d+))? \+/.exec(line) ?? [];
    if (start !== undefined) {
      const first = length === "0" ? Number(start) : Number(start) - 1;
      result.push(...old.slice(at, first));
      at = first;
    } else if (line.startsWith("+")) result.push(line.slice(1));
    else {
      expect(old[at++]).toBe(line.slice(1));
      if (line.startsWith(" ")) result.push(line.slice(1));
    }
  }
  return text([...result, ...old.slice(at)]);
}

describe("a unified diff", () => {
  it("is empty for texts that are alike", () => {
    expect(unifiedDiff(text(lines(1, 9)), text(lines(1, 9)))).toEqual([]);
    expect(unifiedDiff("", "")).toEqual([]);
  });

  it("shows a change with three lines around it, and far changes apart", () => {
    const after = [...lines(1, 4), "changed", ...lines(6, 20), "new"];
    expect(unifiedDiff(text(lines(1, 20)), text(after))).toEqual([
      "@@ -2,7 +2,7 @@",
      " line 2",
      " line 3",
      " line 4",
      "-line 5",
      "+changed",
      " line 6",
      " line 7",
      " line 8",
      "@@ -18,3 +18,4 @@",
      " line 18",
      " line 19",
      " line 20",
      "+new",
    ]);
  });

  it("shows what came and what went as a whole", () => {
    expect(unifiedDiff("", "a\nb\n")).toEqual(["@@ -0,0 +1,2 @@", "+a", "+b"]);
    expect(unifiedDiff("a\n", "")).toEqual(["@@ -1 +0,0 @@", "-a"]);
  });

  it("joins changes that are near each other", () => {
    const after = ["x", ...lines(2, 6), "y", ...lines(8, 9)];
    expect(unifiedDiff(text(lines(1, 9)), text(after)).filter((line) => line.startsWith("@@"))).toEqual([
      "@@ -1,9 +1,9 @@",
    ]);
  });

  it("turns the one text into the other, whatever they are", () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    for (let round = 0; round < 60; round++) {
      const before = Array.from({ length: random(30) + 1 }, () => `l${random(6)}`);
      const after = before.flatMap((line) =>
        random(4) === 0 ? [] : random(4) === 0 ? [line, `l${random(6)}`] : [line],
      );
      if (after.length === 0) continue;
      const diff = unifiedDiff(text(before), text(after));
      if (diff.length === 0) expect(after).toEqual(before);
      else expect(patched(text(before), diff)).toBe(text(after));
    }
  });
});
