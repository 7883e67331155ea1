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

  /** The medians of so many equal parts of the time, in MiB. */
  stop(parts: number): readonly number[] {
    clearInterval(this.#timer);
    const at = (part: number): number => Math.floor((part * this.#samples.length) / parts);
    return Array.from({ length: parts }, (_, part) => Math.round(median(this.#samples.slice(at(part), at(part + 1)))));
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
