import { type ClientHttp2Stream, constants } from "node:http2";
import { connectionLost, trailerError } from "./call-error.js";
import { FrameReader } from "./frame.js";

/** Who is told of a stream. */
export interface StreamListener {
  onMessage(message: Buffer): void;
  /** Once; with the reason. Not after `cancel`. */
  onEnd(error: Error): void;
}

/** A call with messages in both directions that goes on until one side ends it. */
export class GrpcStream {
  #listener: StreamListener | undefined;
  #ended: Error | undefined;
  #canceled = false;

  constructor(
    private readonly stream: ClientHttp2Stream,
    private readonly onOver: () => void,
  ) {
    let failure: Error | undefined;
    const frames = new FrameReader((message) => {
      if (!this.#canceled) {
        this.#listener?.onMessage(message);
      }
    });
    const note = (headers: { readonly [name: string]: unknown }): void => {
      failure ??= trailerError(headers);
    };
    stream.on("response", (headers) => "grpc-status" in headers && note(headers));
    stream.on("trailers", note);
    stream.on("error", (error) => {
      failure ??= connectionLost(error);
    });
    stream.on("data", (chunk: Buffer) => {
      try {
        frames.take(chunk);
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error));
        stream.close(constants.NGHTTP2_CANCEL);
      }
    });
    stream.once("close", () => this.end(failure ?? connectionLost(undefined)));
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
      this.stream.write(message);
    }
  }

  cancel(): void {
    this.#canceled = true;
    this.onOver();
    this.stream.close(constants.NGHTTP2_CANCEL);
  }

  /** The stream has ended, or the connection below it. */
  end(error: Error): void {
    if (this.#ended !== undefined) {
      return;
    }
    this.#ended = error;
    this.onOver();
    if (!this.#canceled) {
      this.#listener?.onEnd(error);
    }
  }
}
