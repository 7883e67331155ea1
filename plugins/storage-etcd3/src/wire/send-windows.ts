import { FIRST_WINDOW, FLAG, FRAME, frameHead } from "./http2-frames.js";

interface Waiting {
  readonly bytes: Buffer;
  readonly end: boolean;
}

interface Outgoing {
  window: number;
  readonly waiting: Waiting[];
}

/** Sends the data of streams, as much at a time as the peer has room for (RFC 9113, 5.2). */
export class SendWindows {
  readonly #streams = new Map<number, Outgoing>();
  #window = FIRST_WINDOW;
  #streamWindow = FIRST_WINDOW;
  #frameSize = 16_384;

  constructor(private readonly send: (bytes: Buffer) => void) {}

  /** A stream that data will be sent on. */
  open(stream: number): void {
    this.#streams.set(stream, { window: this.#streamWindow, waiting: [] });
  }

  /** Nothing more is sent on the stream. */
  close(stream: number): void {
    this.#streams.delete(stream);
  }

  write(stream: number, bytes: Buffer, end: boolean): void {
    const outgoing = this.#streams.get(stream);
    if (outgoing !== undefined) {
      outgoing.waiting.push({ bytes, end });
      this.#flush(stream, outgoing);
    }
  }

  /** The peer has room for more, on one stream or, for 0, on all together. */
  grow(stream: number, by: number): void {
    if (stream !== 0) {
      const outgoing = this.#streams.get(stream);
      if (outgoing !== undefined) {
        outgoing.window += by;
        this.#flush(stream, outgoing);
      }
      return;
    }
    this.#window += by;
    for (const [id, outgoing] of this.#streams) {
      if (this.#window <= 0) {
        return;
      }
      this.#flush(id, outgoing);
    }
  }

  /** The peer's settings: how much each stream may send at first, and how large a frame may be. */
  configure(settings: { readonly streamWindow?: number; readonly frameSize?: number }): void {
    this.#frameSize = settings.frameSize ?? this.#frameSize;
    if (settings.streamWindow !== undefined) {
      const by = settings.streamWindow - this.#streamWindow;
      this.#streamWindow = settings.streamWindow;
      for (const [id, outgoing] of this.#streams) {
        outgoing.window += by;
        this.#flush(id, outgoing);
      }
    }
  }

  #flush(stream: number, outgoing: Outgoing): void {
    for (;;) {
      const [next] = outgoing.waiting;
      if (next === undefined) {
        return;
      }
      const room = Math.min(next.bytes.length, this.#window, outgoing.window, this.#frameSize);
      if (room <= 0 && next.bytes.length > 0) {
        return;
      }
      const whole = room === next.bytes.length;
      this.#window -= room;
      outgoing.window -= room;
      this.send(frameHead(room, FRAME.data, whole && next.end ? FLAG.endStream : 0, stream));
      this.send(whole ? next.bytes : next.bytes.subarray(0, room));
      if (whole) {
        outgoing.waiting.shift();
      } else {
        outgoing.waiting[0] = { bytes: next.bytes.subarray(room), end: next.end };
      }
    }
  }
}
