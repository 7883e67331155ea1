const WIDTH = 30;
/** Often enough for the eye. */
const REDRAW_MILLISECONDS = 100;

/** Where progress is shown: standard error, so that it never mixes with what a command prints. */
interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A bar on a terminal; elsewhere one line when the work begins. */
export class Progress {
  #drawnAt = Number.NEGATIVE_INFINITY;
  #begun = false;

  constructor(
    private readonly what: string,
    private readonly stream: ProgressStream = process.stderr,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** So many of so many objects are done. */
  readonly report = (done: number, total: number): void => {
    if (this.stream.isTTY !== true) {
      if (!this.#begun && total > 0) this.stream.write(`${this.what}: ${total} objects\n`);
      this.#begun ||= total > 0;
      return;
    }
    if (done < total && this.clock() - this.#drawnAt < REDRAW_MILLISECONDS) return;
    this.#drawnAt = this.clock();
    this.#begun = true;
    const share = total === 0 ? 0 : done / total;
    const bar = "#".repeat(Math.round(share * WIDTH)).padEnd(WIDTH, ".");
    this.stream.write(`\r\x1b[K${this.what} [${bar}] ${Math.floor(share * 100)} %  ${done} of ${total} objects`);
  };

  /** Takes the bar away, so that what comes next begins a line. */
  end(): void {
    if (this.stream.isTTY === true && this.#begun) this.stream.write("\r\x1b[K");
  }
}

/** Shows how far some work is while it runs. */
export async function withProgress<T>(what: string, work: (report: Progress["report"]) => Promise<T>): Promise<T> {
  const progress = new Progress(what);
  try {
    return await work(progress.report);
  } finally {
    progress.end();
  }
}
