import { readFileSync } from "node:fs";

/** Samples the resident memory of a process each second; Linux. */
export class MemorySamples {
  readonly #samples: number[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(pid: () => number) {
    this.#timer = setInterval(() => {
      const size = residentMiB(pid());
      if (size !== undefined) this.#samples.push(size);
    }, 1000);
  }

  /** The medians of the second and the fourth quarter, in MiB: the first is how it grew to its size. */
  stop(): { readonly early: number; readonly late: number; readonly peak: number } {
    clearInterval(this.#timer);
    const quarter = Math.floor(this.#samples.length / 4);
    return {
      early: median(this.#samples.slice(quarter, 2 * quarter)),
      late: median(this.#samples.slice(3 * quarter)),
      peak: Math.max(0, ...this.#samples),
    };
  }
}

function residentMiB(pid: number): number | undefined {
  try {
    const kibibytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    // The process is being restarted.
    return undefined;
  }
}

function median(samples: readonly number[]): number {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0;
}
