import type { Socket } from "node:net";
import { status } from "@grpc/grpc-js";
import { CallError, connectionLost, notSent } from "./call-error.js";
import {
  contentOf,
  ERROR_CODE,
  FLAG,
  FRAME,
  FrameSplitter,
  frame,
  LARGEST_WINDOW,
  numberFrame,
  opening,
  SETTING,
} from "./http2-frames.js";
import { SendWindows } from "./send-windows.js";

/** After so many bytes the peer is told that there is room for them again. */
const REFILL = 2 ** 28;
/** etcd takes pings every 5 s at most, and none while nothing is asked of it. */
const PING_MILLISECONDS = 10_000;
const PING_TIMEOUT = 5000;
const EMPTY = Buffer.alloc(0);

/** Who is told what comes on one stream; nothing after `onEnd`. */
export interface StreamEvents {
  onData(chunk: Buffer): void;
  /** The headers of the answer, or what follows it. */
  onHeaders(block: Buffer): void;
  /** Without an error when the peer has said all it has to say. */
  onEnd(error: Error | undefined): void;
}

interface Incoming {
  readonly events: StreamEvents;
  received: number;
}

/**
 * The client's side of one HTTP/2 connection (RFC 9113), with what gRPC needs of it. node:http2 spends most of its time
 * on the objects that it makes for each stream; here a stream is an entry in a map.
 */
export class Http2Connection {
  readonly #streams = new Map<number, Incoming>();
  readonly #windows = new SendWindows((bytes) => this.#send(bytes));
  #outgoing: Buffer[] = [];
  #nextStream = 1;
  #received = 0;
  #maxStreams = Number.POSITIVE_INFINITY;
  #headers: { readonly stream: number; readonly flags: number; readonly parts: Buffer[] } | undefined;
  #draining = false;
  #over: Error | undefined;
  #ping: NodeJS.Timeout | undefined;
  #pong: NodeJS.Timeout | undefined;

  /** `onReady` once the peer has shown that it speaks HTTP/2; `onDrained` when no more streams may be opened. */
  constructor(
    private readonly socket: Socket,
    private readonly onReady: () => void,
    private readonly onDrained: (reason: Error) => void,
  ) {
    const splitter = new FrameSplitter((type, flags, stream, payload) => this.#take(type, flags, stream, payload));
    socket.on("data", (chunk: Buffer) => {
      try {
        splitter.take(chunk);
      } catch (error) {
        this.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    socket.on("error", (error) => this.destroy(error));
    socket.on("end", () => this.destroy(new Error("the connection was closed")));
    socket.on("close", () => this.destroy(new Error("the connection was closed")));
    this.#send(opening());
  }

  /** Opens a stream with a block of headers; the number by which it is known. */
  open(block: Buffer, events: StreamEvents): number {
    if (this.#draining) {
      throw notSent(this.#over ?? new Error("the member takes no more calls on this connection"));
    }
    if (this.#streams.size >= this.#maxStreams) {
      throw new CallError(
        status.RESOURCE_EXHAUSTED,
        `etcd takes ${this.#maxStreams} calls at once (its flag --max-concurrent-streams)`,
      );
    }
    const stream = this.#nextStream;
    this.#nextStream += 2;
    this.#streams.set(stream, { events, received: 0 });
    this.#windows.open(stream);
    this.#send(frame(FRAME.headers, FLAG.endHeaders, stream, block));
    if (this.#nextStream > LARGEST_WINDOW) {
      this.#drain(new Error("the connection has no numbers left for calls"));
    }
    return stream;
  }

  write(stream: number, bytes: Buffer, end: boolean): void {
    this.#windows.write(stream, bytes, end);
  }

  /** Gives a stream up; it is told nothing more. */
  cancel(stream: number): void {
    if (this.#forget(stream) !== undefined) {
      this.#send(numberFrame(FRAME.resetStream, stream, ERROR_CODE.cancel));
    }
  }

  /** Ends the connection and all streams on it. */
  destroy(reason: Error): void {
    if (this.#over !== undefined) {
      return;
    }
    this.#over = reason;
    clearInterval(this.#ping);
    clearTimeout(this.#pong);
    this.socket.destroy();
    this.#drain(reason);
    const streams = [...this.#streams.keys()];
    for (const stream of streams) {
      this.#finish(stream, connectionLost(reason));
    }
  }

  #take(type: number, flags: number, stream: number, payload: Buffer): void {
    switch (type) {
      case FRAME.data:
        this.#takeData(flags, stream, payload);
        break;
      case FRAME.headers:
        this.#headers = { stream, flags, parts: [contentOf(type, flags, payload)] };
        this.#takeHeaders(flags);
        break;
      case FRAME.continuation:
        this.#headers?.parts.push(payload);
        this.#takeHeaders(flags);
        break;
      case FRAME.resetStream:
        this.#takeReset(stream, payload.readUInt32BE(0));
        break;
      case FRAME.settings:
        this.#takeSettings(flags, payload);
        break;
      case FRAME.ping:
        this.#takePing(flags, payload);
        break;
      case FRAME.goAway:
        this.#takeGoAway(payload);
        break;
      case FRAME.windowUpdate:
        this.#windows.grow(stream, payload.readUInt32BE(0) & LARGEST_WINDOW);
        break;
      default:
    }
  }

  #takeData(flags: number, stream: number, payload: Buffer): void {
    this.#received += payload.length;
    if (this.#received >= REFILL) {
      this.#send(numberFrame(FRAME.windowUpdate, 0, this.#received));
      this.#received = 0;
    }
    const incoming = this.#streams.get(stream);
    if (incoming === undefined) {
      return;
    }
    incoming.received += payload.length;
    if (incoming.received >= REFILL) {
      this.#send(numberFrame(FRAME.windowUpdate, stream, incoming.received));
      incoming.received = 0;
    }
    const content = contentOf(FRAME.data, flags, payload);
    if (content.length > 0) {
      incoming.events.onData(content);
    }
    if ((flags & FLAG.endStream) !== 0) {
      this.#finish(stream, undefined);
    }
  }

  #takeHeaders(flags: number): void {
    const headers = this.#headers;
    if (headers === undefined || (flags & FLAG.endHeaders) === 0) {
      return;
    }
    this.#headers = undefined;
    const [first = EMPTY] = headers.parts;
    const block = headers.parts.length === 1 ? first : Buffer.concat(headers.parts);
    this.#streams.get(headers.stream)?.events.onHeaders(block);
    if ((headers.flags & FLAG.endStream) !== 0) {
      this.#finish(headers.stream, undefined);
    }
  }

  #takeReset(stream: number, code: number): void {
    if (code === ERROR_CODE.refusedStream) {
      this.#finish(stream, notSent(new Error("the member refused the call")));
    } else {
      this.#finish(stream, connectionLost(new Error(`the member reset the call with code ${code}`)));
    }
  }

  #takeSettings(flags: number, payload: Buffer): void {
    if ((flags & FLAG.ack) !== 0) {
      return;
    }
    for (let at = 0; at + 6 <= payload.length; at += 6) {
      const value = payload.readUInt32BE(at + 2);
      const id = payload.readUInt16BE(at);
      if (id === SETTING.initialWindowSize) {
        this.#windows.configure({ streamWindow: value });
      } else if (id === SETTING.maxFrameSize) {
        this.#windows.configure({ frameSize: value });
      } else if (id === SETTING.maxConcurrentStreams) {
        this.#maxStreams = value;
      }
    }
    this.#send(frame(FRAME.settings, FLAG.ack, 0, EMPTY));
    if (this.#ping === undefined) {
      this.#ping = setInterval(() => this.#askForLife(), PING_MILLISECONDS).unref();
      this.onReady();
    }
  }

  #takePing(flags: number, payload: Buffer): void {
    if ((flags & FLAG.ack) !== 0) {
      clearTimeout(this.#pong);
      this.#pong = undefined;
    } else {
      this.#send(frame(FRAME.ping, FLAG.ack, 0, payload));
    }
  }

  /** The peer opens no more streams; those that it has not looked at can be made again elsewhere. */
  #takeGoAway(payload: Buffer): void {
    const last = payload.readUInt32BE(0) & LARGEST_WINDOW;
    const reason = new Error(`the member is going away: ${payload.toString("latin1", 8)}`);
    this.#drain(reason);
    for (const stream of [...this.#streams.keys()]) {
      if (stream > last) {
        this.#finish(stream, notSent(reason));
      }
    }
    this.#destroyWhenDrained();
  }

  #askForLife(): void {
    if (this.#streams.size > 0 && this.#pong === undefined) {
      this.#send(frame(FRAME.ping, 0, 0, Buffer.alloc(8)));
      this.#pong = setTimeout(() => this.destroy(new Error("the connection is dead")), PING_TIMEOUT);
    }
  }

  #drain(reason: Error): void {
    if (!this.#draining) {
      this.#draining = true;
      this.onDrained(reason);
    }
  }

  #destroyWhenDrained(): void {
    if (this.#draining && this.#streams.size === 0) {
      this.destroy(new Error("the connection was closed"));
    }
  }

  #finish(stream: number, error: Error | undefined): void {
    this.#forget(stream)?.events.onEnd(error);
  }

  #forget(stream: number): Incoming | undefined {
    const incoming = this.#streams.get(stream);
    if (incoming !== undefined) {
      this.#streams.delete(stream);
      this.#windows.close(stream);
      this.#destroyWhenDrained();
    }
    return incoming;
  }

  /** What is sent in one turn of the event loop goes out at once. */
  #send(bytes: Buffer): void {
    if (this.#over !== undefined) {
      return;
    }
    if (this.#outgoing.length === 0) {
      setImmediate(() => {
        const outgoing = this.#outgoing;
        this.#outgoing = [];
        if (this.#over === undefined) {
          this.socket.write(Buffer.concat(outgoing));
        }
      });
    }
    this.#outgoing.push(bytes);
  }
}
