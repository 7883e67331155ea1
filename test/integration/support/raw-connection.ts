import { connect, type TLSSocket } from "node:tls";

/** Where to connect and as whom, PEM. */
export interface RawTarget {
  readonly port: number;
  readonly ca: string;
  readonly certificate?: string;
  readonly key?: string;
}

/** A TLS connection that speaks HTTP/1.1 byte by byte, for what no well-behaved client would send. */
export class RawConnection {
  #received = "";
  #ended = false;
  #wake: () => void = () => {};

  private constructor(readonly socket: TLSSocket) {
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => {
      this.#received += text;
      this.#wake();
    });
    socket.on("close", () => {
      this.#ended = true;
      this.#wake();
    });
    // A connection that the server cuts is an ending like any other.
    socket.on("error", () => undefined);
  }

  static open({ port, ca, certificate, key }: RawTarget, protocols = ["http/1.1"]): Promise<RawConnection> {
    return new Promise((resolve, reject) => {
      const identity = certificate === undefined || key === undefined ? {} : { cert: certificate, key };
      const socket = connect({ host: "127.0.0.1", port, ca, ...identity, ALPNProtocols: protocols });
      socket.once("error", reject);
      socket.once("secureConnect", () => {
        socket.off("error", reject);
        resolve(new RawConnection(socket));
      });
    });
  }

  get received(): string {
    return this.#received;
  }

  write(text: string | Buffer): void {
    if (typeof text === "string") this.socket.write(text, "latin1");
    else this.socket.write(text);
  }

  /** Resolves with what has come in once it matches; rejects when the connection ends before. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#received)) {
      if (this.#ended) throw new Error(`the connection ended after: ${JSON.stringify(this.#received)}`);
      await this.#news();
    }
    return this.#received;
  }

  /** Resolves with all that came in when the server has closed the connection. */
  async end(): Promise<string> {
    while (!this.#ended) await this.#news();
    return this.#received;
  }

  close(): void {
    this.socket.destroy();
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
