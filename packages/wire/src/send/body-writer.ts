import type { OutgoingHttpHeaders } from "node:http";
import type { RequestContext } from "@quarterdeck/sdk";
import { releaseChunk, takeChunk } from "./chunk-pool.js";
import { gzipStream } from "./gzip.js";
import { isGone, type Response } from "./response.js";
import { writeHead } from "./write-head.js";

/** One chunk is filled while another is on its way: what a request may hold, whatever the size of its answer. */
const MAX_IN_FLIGHT = 2;

type Sink = Pick<Response, "write" | "end">;

/**
 * Writes a body of many small pieces: they are copied into chunks of 128 KiB, and a chunk is used again once the
 * connection has taken it. An answer of less than a chunk leaves in one write with its length. A longer one is
 * compressed when `gzip` says so, else it carries a Content-Length when `length` is known.
 */
export class BodyWriter {
  readonly #context: RequestContext;
  readonly #headers: OutgoingHttpHeaders;
  readonly #gzip: boolean;
  readonly #length: number | undefined;
  readonly #onClose = (): void => this.#close();
  #chunk: Buffer = takeChunk();
  #filled = 0;
  #sink: Sink | undefined;
  #inFlight = 0;
  #wake: (() => void) | undefined;
  #closed: boolean;

  constructor(context: RequestContext, headers: OutgoingHttpHeaders, gzip: boolean, length?: number) {
    this.#context = context;
    this.#headers = headers;
    this.#gzip = gzip;
    this.#length = length;
    this.#closed = isGone(context);
    context.res.once("close", this.#onClose);
  }

  /** True when the client is gone: nothing more needs to be appended. */
  get closed(): boolean {
    return this.#closed;
  }

  /** The chunk being filled; what {@link take} reserved in it may be written until the next call of this writer. */
  get chunk(): Buffer {
    return this.#chunk;
  }

  /** How many bytes the chunk still takes. */
  get room(): number {
    return this.#chunk.length - this.#filled;
  }

  /** Reserves bytes of the chunk for the caller to fill in, no more than its room: their offset. */
  take(length: number): number {
    const offset = this.#filled;
    this.#filled += length;
    return offset;
  }

  /** Hands the chunk over to the connection; resolves when another may be filled. */
  async flush(): Promise<void> {
    if (this.#filled > 0 && !this.#closed) await this.#flush();
  }

  /** Copies `bytes` from an offset on; a promise when the connection must take a chunk first. */
  append(bytes: Buffer, from = 0): Promise<void> | undefined {
    const length = bytes.length - from;
    if (length > this.#chunk.length - this.#filled) return this.#spill(bytes, from);
    bytes.copy(this.#chunk, this.#filled, from);
    this.#filled += length;
    return undefined;
  }

  /** Sends what is left and ends the answer. */
  finish(): void {
    this.#context.res.removeListener("close", this.#onClose);
    if (this.#closed) {
      releaseChunk(this.#chunk);
      return;
    }
    const sink = this.#sink ?? this.#open({ ...this.#headers, "Content-Length": this.#filled });
    const chunk = this.#chunk;
    sink.write(chunk.subarray(0, this.#filled), () => releaseChunk(chunk));
    sink.end();
  }

  /** Gives up half way: the answer is cut off. */
  abort(): void {
    this.#context.res.removeListener("close", this.#onClose);
    if (this.#sink !== undefined) this.#context.res.destroy();
    releaseChunk(this.#chunk);
  }

  async #spill(bytes: Buffer, from: number): Promise<void> {
    let at = from;
    while (at < bytes.length && !this.#closed) {
      if (this.#filled === this.#chunk.length) await this.#flush();
      const copied = bytes.copy(this.#chunk, this.#filled, at);
      this.#filled += copied;
      at += copied;
    }
  }

  async #flush(): Promise<void> {
    const sink = this.#sink ?? this.#openLong();
    const chunk = this.#chunk;
    this.#inFlight++;
    sink.write(chunk.subarray(0, this.#filled), () => {
      this.#inFlight--;
      releaseChunk(chunk);
      this.#wake?.();
    });
    this.#filled = 0;
    const { load } = this.#context.state;
    while (this.#inFlight >= MAX_IN_FLIGHT && !this.#closed) {
      load?.waiting();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      load?.resumed();
    }
    this.#chunk = takeChunk();
  }

  #openLong(): Sink {
    if (this.#gzip) return this.#open({ ...this.#headers, "Content-Encoding": "gzip", Vary: "Accept-Encoding" }, true);
    return this.#open(
      this.#length === undefined ? this.#headers : { ...this.#headers, "Content-Length": this.#length },
    );
  }

  #open(headers: OutgoingHttpHeaders, compress = false): Sink {
    const response = writeHead(this.#context, 200, headers);
    if (!compress) {
      this.#sink = response;
      return response;
    }
    const gzip = gzipStream();
    gzip.pipe(this.#context.res);
    this.#context.res.once("close", () => gzip.destroy());
    this.#sink = gzip;
    return gzip;
  }

  #close(): void {
    this.#closed = true;
    this.#wake?.();
  }
}
