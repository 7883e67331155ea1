import { connectionLost } from "./call-error.js";
import { FrameReader } from "./frame.js";
import type { Http2Connection } from "./http2-connection.js";
import { Trailers } from "./trailers.js";

/** Who is told of a stream. */
export interface StreamListener {
  onMessage(message: Buffer): void;
  /** Once; with the reason. Not after `cancel`. */
  onEnd(error: Error): void;
}

/** A call with messages in both directions that goes on until one side ends it. */
export class GrpcStream {
  readonly #stream: number;
  readonly #trailers = new Trailers();
  #listener: StreamListener | undefined;
  #ended: Error | undefined;
  #canceled = false;

  constructor(
    private readonly connection: Http2Connection,
    headers: Buffer,
  ) {
    const frames = new FrameReader((message) => {
      if (!this.#canceled) {
        this.#listener?.onMessage(message);
      }
    });
    this.#stream = connection.open(headers, {
      onHeaders: (block) => this.#trailers.take(block),
      onData: (chunk) => frames.take(chunk),
      onEnd: (error) =>
        this.#end(this.#trailers.error(error) ?? connectionLost(new Error("the member ended the call"))),
    });
  }

  /** Nothing comes before the first write. */
  listen(listener: StreamListener): void {
    this.#listener = listener;
    if (this.#ended !== undefined && !this.#canceled) {
      listener.onEnd(this.#ended);
    }
  }

  /** Sends a message, framed. */
  write(message: Buffer): void {
    if (this.#ended === undefined && !this.#canceled) {
      this.connection.write(this.#stream, message, false);
    }
  }

  cancel(): void {
    if (!this.#canceled) {
      this.#canceled = true;
      this.connection.cancel(this.#stream);
    }
  }

  #end(error: Error): void {
    this.#ended = error;
    if (!this.#canceled) {
      this.#listener?.onEnd(error);
    }
  }
}
