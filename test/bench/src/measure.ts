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

/** The median of the milliseconds that runs take which come one after the other. */
export async function medianLatency(count: number, run: (index: number) => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const started = performance.now();
    await run(index);
    times.push(performance.now() - started);
  }
  return median(times);
}

/** What a line of the table is about, and the bound that is wanted. */
export interface Heading {
  readonly what: string;
  readonly unit: string;
  readonly wanted: string;
}

/** A line of the table: what was measured, against its floor; without a ratio where a sum is all that counts. */
export interface Line extends Heading {
  readonly floor: number;
  readonly ours: number;
  readonly ratio?: number;
}

/** One measurement of a series of rounds. */
export type Measurement = () => Promise<number>;

/** Measures floor and subject in turns, so that a noisy moment hits both; the ratio is the median of the rounds' ratios. */
export async function interleave(rounds: number, line: Heading, floor: Measurement, ours: Measurement): Promise<Line> {
  const [only] = await interleaveAll(rounds, floor, [[line, ours]]);
  if (only === undefined) throw new Error("nothing was measured");
  return only;
}

/** As {@link interleave}, for several subjects that have one floor. */
export async function interleaveAll(
  rounds: number,
  floor: Measurement,
  subjects: readonly (readonly [Heading, Measurement])[],
): Promise<Line[]> {
  const floors: number[] = [];
  const values = subjects.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    floors.push(await floor());
    for (const [index, [, measure]] of subjects.entries()) values[index]?.push(await measure());
  }
  return subjects.map(([line], index) => {
    const own = values[index] ?? [];
    const ratios = own.map((value, round) => value / (floors[round] ?? Number.NaN));
    return { ...line, floor: median(floors), ours: median(own), ratio: median(ratios) };
  });
}
