import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import type { Sight } from "../process/collection.js";

/** What was asked of one object, and what came of it. Times are nanoseconds of the recorder's monotonic clock. */
export interface OperationLine {
  readonly kind: "operation";
  readonly client: number;
  readonly verb: "get" | "create" | "update" | "patch" | "delete";
  readonly resource: string;
  readonly name: string;
  /** What a write wrote. */
  readonly value?: string;
  readonly side?: string;
  /** The resourceVersion that a conditional write named; that of a get with `resourceVersion=N`. */
  readonly expected?: number;
  /** False for a get that allows old states (`resourceVersion=0` or N). */
  readonly fresh?: boolean;
  readonly call: number;
  /** Absent when it is not known whether and when a write took effect. */
  readonly return?: number;
  /** `ok`, `exists`, `absent`, `conflict`, `unknown`, or `error` for an answer that must never be given. */
  readonly outcome: string;
  /** The state in an `ok` answer, but for deletes. */
  readonly seen?: Sight;
  readonly message?: string;
}

/** One write of a transaction. */
export interface TransactionWrite {
  readonly verb: "create" | "update" | "patch";
  readonly resource: string;
  readonly name: string;
  readonly value: string;
  readonly side: string;
  readonly expected?: number;
  readonly seen?: Sight;
}

/** Writes that take effect at one revision or not at all. */
interface TransactionLine {
  readonly kind: "transaction";
  readonly client: number;
  readonly call: number;
  readonly return?: number;
  /** `ok`, `refused`, `unknown`, or `error`. */
  readonly outcome: string;
  readonly revision?: number;
  readonly writes: readonly TransactionWrite[];
  readonly message?: string;
}

/** A list that was read to its end, be it in pages. */
interface ListLine {
  readonly kind: "list";
  readonly client: number;
  readonly resource: string;
  /** `fresh` without a resourceVersion, `pages` the same in pages, `exact`, or `atleast` (NotOlderThan). */
  readonly mode: string;
  readonly expected?: number;
  readonly call: number;
  readonly return: number;
  /** One for each page. */
  readonly revisions: readonly number[];
  readonly items: readonly Sight[];
}

/** A watcher and its scope, before its first event. */
interface WatcherLine {
  readonly kind: "watcher";
  readonly watcher: string;
  readonly resource: string;
  /** Only this object, by field selector. */
  readonly name?: string;
  /** Only objects whose label `side` is this. */
  readonly side?: string;
  /** Events after this revision are expected; a watcher that always starts over with the initial events says 0. */
  readonly after: number;
  /** True when every connection starts with the initial events (`sendInitialEvents=true`). */
  readonly initial: boolean;
}

/** Something that a watcher was told: an event, a `BOOKMARK` without an object, or `CONNECT` for each (re)connection. */
interface EventLine {
  readonly kind: "event";
  readonly watcher: string;
  readonly type: string;
  readonly time: number;
  readonly revision: number;
  readonly seen?: Sight;
  /** True for the bookmark that ends the initial events. */
  readonly initialEnd?: boolean;
}

/** What was done to the servers, and what cannot be judged from other lines. */
interface NoteLine {
  readonly kind: "fault" | "violation";
  readonly time: number;
  readonly message: string;
}

export type HistoryLine = OperationLine | TransactionLine | ListLine | WatcherLine | EventLine | NoteLine;

/** Writes a history as JSON lines and holds the clock that all its times come from. */
export class History {
  readonly #started = process.hrtime.bigint();
  readonly #stream: WriteStream;
  #lines = 0;

  constructor(readonly file: string) {
    this.#stream = createWriteStream(file);
  }

  get lines(): number {
    return this.#lines;
  }

  now(): number {
    return Number(process.hrtime.bigint() - this.#started);
  }

  write(line: HistoryLine): void {
    this.#lines += 1;
    this.#stream.write(`${JSON.stringify(line)}\n`);
  }

  async close(): Promise<void> {
    this.#stream.end();
    await once(this.#stream, "close");
  }
}
