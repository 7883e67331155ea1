import { goJson } from "@quarterdeck/meta";
import { innerObject } from "../facts/inner-object.js";
import { matchingBlocks } from "./matching-blocks.js";

const CONTEXT = 3;

type Mark = " " | "-" | "+";
type Line = readonly [mark: Mark, text: string];

function changed(before: readonly string[], after: readonly string[]): Line[] {
  return [...before.map((text): Line => ["-", text]), ...after.map((text): Line => ["+", text])];
}

function aligned(before: readonly string[], after: readonly string[]): Line[] {
  const lines: Line[] = [];
  let [at, to] = [0, 0];
  for (const block of [...matchingBlocks(before, after), { before: before.length, after: after.length, length: 0 }]) {
    for (const line of changed(before.slice(at, block.before), after.slice(to, block.after))) lines.push(line);
    [at, to] = [block.before + block.length, block.after + block.length];
    for (const text of before.slice(block.before, at)) lines.push([" ", text]);
  }
  return lines;
}

function range(start: number, length: number): string {
  if (length === 1) return `${start + 1}`;
  return `${length === 0 ? start : start + 1},${length}`;
}

/** First and last place of each stretch of changes with the lines around it. */
function stretches(lines: readonly Line[]): [start: number, end: number][] {
  const found: [number, number][] = [];
  for (const [index, [mark]] of lines.entries()) {
    if (mark === " ") continue;
    const last = found.at(-1);
    const start = Math.max(0, index - CONTEXT);
    const end = Math.min(lines.length, index + CONTEXT + 1);
    if (last !== undefined && start <= last[1]) last[1] = end;
    else found.push([start, end]);
  }
  return found;
}

/** What differs between two texts, as `diff -u` writes it without the names of files; empty when nothing does. */
export function unifiedDiff(before: string, after: string): string {
  const lines = aligned(before.split("\n"), after.split("\n"));
  const parts: string[] = [];
  let [at, to, next] = [0, 0, 0];
  const pass = (until: number): void => {
    for (; next < until; next++) {
      if (lines[next]?.[0] !== "+") at++;
      if (lines[next]?.[0] !== "-") to++;
    }
  };
  for (const [start, end] of stretches(lines)) {
    pass(start);
    const [left, right] = [at, to];
    pass(end);
    parts.push(`@@ -${range(left, at - left)} +${range(right, to - right)} @@\n`);
    for (const [mark, text] of lines.slice(start, end)) parts.push(`${mark}${text}\n`);
  }
  return parts.join("");
}

/** The same of two values of the API, by the lines of the JSON of the struct that upstream has them in; its `diff.Diff`. */
export function innerDiff(struct: string, before: unknown, after: unknown): string {
  return unifiedDiff(goJson(innerObject(struct, before), 1), goJson(innerObject(struct, after), 1));
}
