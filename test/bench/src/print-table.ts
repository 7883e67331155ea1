import { cpus } from "node:os";
import type { Line } from "./measure.js";

/** Writes the table with the machine that it was made on. */
export function printTable(lines: readonly Line[], rounds: number): void {
  const cpu = cpus()[0]?.model ?? "unknown CPU";
  process.stdout.write(
    `\nNode ${process.version}, ${cpus().length} x ${cpu}, ${rounds} interleaved rounds, medians\n\n`,
  );
  process.stdout.write("| what | unit | floor | ours | ratio | wanted |\n|---|---|---|---|---|---|\n");
  for (const { what, unit, floor, ours, ratio, wanted } of lines) {
    const cells = [what, unit, floor.toFixed(2), ours.toFixed(2), ratio?.toFixed(2) ?? "–", wanted];
    process.stdout.write(`| ${cells.join(" | ")} |\n`);
  }
}
