import { describe, expect, it } from "vitest";
import { Progress } from "./progress.js";

function stream(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

describe("progress", () => {
  it("is one line when nobody watches", () => {
    const out = stream(false);
    const progress = new Progress("moving", out);
    for (const done of [0, 5, 10]) progress.report(done, 10);
    progress.end();
    expect(out.written).toEqual(["moving: 10 objects\n"]);
  });

  it("is a bar on a terminal, drawn now and then and at the end, and taken away", () => {
    const out = stream(true);
    let now = 1000;
    const progress = new Progress("moving", out, () => now);
    progress.report(0, 200);
    now += 50;
    progress.report(40, 200);
    now += 100;
    progress.report(100, 200);
    progress.report(200, 200);
    progress.end();
    expect(out.written).toEqual([
      `\r\x1b[Kmoving [${".".repeat(30)}] 0 %  0 of 200 objects`,
      `\r\x1b[Kmoving [${"#".repeat(15)}${".".repeat(15)}] 50 %  100 of 200 objects`,
      `\r\x1b[Kmoving [${"#".repeat(30)}] 100 %  200 of 200 objects`,
      "\r\x1b[K",
    ]);
  });
});
