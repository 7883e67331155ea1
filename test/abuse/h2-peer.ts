import { connect, type TLSSocket } from "node:tls";
import type { RawTarget } from "../integration/support/raw-connection.js";
import { FLAG, FRAME, type Frame, FrameReader, frame, PREFACE } from "./h2-frame.js";

/** Why the server ended the connection, by the code of its GOAWAY; `undefined` when it sent none. */
export interface Farewell {
  readonly goaway: number | undefined;
  /** The code of the last RST_STREAM. */
  readonly reset: number | undefined;
}

/** An HTTP/2 client that sends the frames that it is told to, and acknowledges settings and pings. */
export class H2Peer {
  readonly frames: Frame[] = [];
  #closed = false;
  readonly #waiting = new Set<() => void>();

  private constructor(readonly socket: TLSSocket) {
    const reader = new FrameReader();
    socket.on("data", (chunk: Buffer) => {
      for (const read of reader.read(chunk)) {
        this.frames.push(read);
        if ((read.flags & FLAG.ack) !== 0) continue;
        if (read.type === FRAME.settings) this.send(frame(FRAME.settings, FLAG.ack, 0));
        if (read.type === FRAME.ping) this.send(frame(FRAME.ping, FLAG.ack, 0, read.payload));
      }
      this.#wake();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.#closed = true;
      this.#wake();
    });
  }

  /** Connects and exchanges settings. */
  static async open({ port, ca, certificate, key }: RawTarget): Promise<H2Peer> {
    const identity = certificate === undefined || key === undefined ? {} : { cert: certificate, key };
    const socket = connect({ host: "127.0.0.1", port, ca, ...identity, ALPNProtocols: ["h2"] });
    const peer = new H2Peer(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once("secureConnect", resolve).once("error", reject);
    });
    peer.send(PREFACE, frame(FRAME.settings, 0, 0));
    await peer.until(({ type }) => type === FRAME.settings);
    return peer;
  }

  get closed(): boolean {
    return this.#closed || this.socket.writableEnded;
  }

  send(...frames: readonly Buffer[]): void {
    if (!this.#closed) this.socket.write(Buffer.concat(frames));
  }

  /** Sends and waits until the socket has taken it, so that a flood does not pile up in the sender. */
  async flood(...frames: readonly Buffer[]): Promise<void> {
    if (this.#closed || this.socket.write(Buffer.concat(frames))) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.socket.off("drain", done).off("close", done);
        resolve();
      };
      this.socket.on("drain", done).on("close", done);
    });
  }

  /** The first frame that matches, once it is there; rejects when the connection ends before. */
  async until(matches: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const found = this.frames.find(matches);
      if (found !== undefined) return found;
      if (this.#closed) throw new Error("the connection ended before");
      await this.#news();
    }
  }

  /** Resolves when the server has closed the connection. */
  async end(): Promise<Farewell> {
    while (!this.#closed) await this.#news();
    return this.farewell;
  }

  /** What the server has said of the end so far. */
  get farewell(): Farewell {
    const goaway = this.frames.findLast(({ type }) => type === FRAME.goaway);
    const reset = this.frames.findLast(({ type }) => type === FRAME.reset);
    return { goaway: goaway?.payload.readUInt32BE(4), reset: reset?.payload.readUInt32BE(0) };
  }

  close(): void {
    this.socket.destroy();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  #news(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }
}
