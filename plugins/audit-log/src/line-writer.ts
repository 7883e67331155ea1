import { LineBuffer } from "./line-buffer.js";

/** Where lines end up: a file, or a stream. */
export interface LineTarget {
  /** Resolves when all parts are written; they are used again afterwards. */
  append(parts: readonly Buffer[]): Promise<void>;
}

/** Lines that wait for one write. */
interface Group {
  readonly lines: LineBuffer;
  readonly written: Promise<void>;
  readonly settle: (write: Promise<void>) => void;
}

function newGroup(spare: Buffer[]): Group {
  let settle: Group["settle"] = () => {};
  const written = new Promise<void>((resolve) => {
    settle = resolve;
  });
  // Whoever does not wait for a write hears of its failure elsewhere.
  written.catch(() => undefined);
  return { lines: new LineBuffer(spare), written, settle };
}

/** Writes lines in order, all that came while a write was under way by the next one. */
export class LineWriter {
  readonly #spare: Buffer[] = [];
  #next: Group | undefined;
  #busy = false;
  #last: Promise<void> = Promise.resolve();
  #held = false;
  #released = false;

  constructor(private readonly target: LineTarget) {}

  /** How many lines wait for a write that has not begun. */
  get waiting(): number {
    return this.#next?.lines.lines ?? 0;
  }

  /** Takes a line; the promise is that of the write which has it. Nothing is written before {@link release} while held. */
  add(line: string): Promise<void> {
    this.#next ??= newGroup(this.#spare);
    this.#next.lines.add(line);
    const { written } = this.#next;
    if (!this.#held) this.#work();
    return written;
  }

  /** Lets lines gather from now on. */
  hold(): void {
    this.#held = true;
  }

  /** Writes what has gathered; lines go on gathering behind it. Resolves when it is written. */
  release(): Promise<void> {
    const gathered = this.#next;
    if (gathered === undefined) return this.#last;
    this.#released = true;
    this.#work();
    return gathered.written;
  }

  #work(): void {
    if (this.#busy) return;
    this.#busy = true;
    // Those that come in the same turn of the event loop share the write.
    setImmediate(() => this.#writeNext());
  }

  #writeNext(): void {
    const group = this.#next;
    if (group === undefined || (this.#held && !this.#released)) {
      this.#busy = false;
      return;
    }
    this.#next = undefined;
    this.#released = false;
    const write = this.target.append(group.lines.parts);
    group.settle(write);
    this.#last = group.written;
    const next = (): void => {
      group.lines.recycle();
      this.#writeNext();
    };
    write.then(next, next);
  }
}
