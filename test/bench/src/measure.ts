import { cpuSeconds } from "./process-usage.js";

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** CPU microseconds of `pid` per operation while `run` does so many operations. */
export async function cpuPerOperation(pid: number, operations: number, run: () => Promise<void>): Promise<number> {
  const before = cpuSeconds(pid);
  await run();
  return ((cpuSeconds(pid) - before) * 1e6) / operations;
}

/** A line of the table: what was measured, against its floor, and the most that is wanted. */
export interface Line {
  readonly what: string;
  readonly unit: string;
  readonly floor: number;
  readonly ours: number;
  readonly ratio: number;
  readonly wanted: string;
}

/** Measures floor and subject in turns, so that a noisy moment hits both; the ratio is the median of the rounds' ratios. */
export async function interleave(
  rounds: number,
  line: { what: string; unit: string; wanted: string },
  floor: () => Promise<number>,
  ours: () => Promise<number>,
): Promise<Line> {
  const floors: number[] = [];
  const own: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    floors.push(await floor());
    own.push(await ours());
  }
  const ratios = own.map((value, index) => value / (floors[index] ?? Number.NaN));
  return { ...line, floor: median(floors), ours: median(own), ratio: median(ratios) };
}
