import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A TCP connection between a server and its etcd that can be held, as by a partition, or made slow. */
export class FaultyLink {
  readonly #sockets = new Set<Socket>();
  #delay = 0;
  #released: Promise<void> | undefined;
  #release: () => void = () => undefined;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  /** Listens on a free port and passes everything on to the host and port of a URL. */
  static async to(endpoint: string): Promise<FaultyLink> {
    const server = createServer();
    const link = new FaultyLink(server, new URL(endpoint));
    server.on("connection", (socket) => link.#join(socket));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return link;
  }

  /** Where the server is to connect instead. */
  get endpoint(): string {
    const address = this.server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    return `${this.target.protocol}//127.0.0.1:${port}`;
  }

  /** From now on nothing comes through, and nobody is told; what is sent meanwhile arrives after {@link release}. */
  hold(): void {
    this.#released ??= new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  release(): void {
    this.#release();
    this.#released = undefined;
  }

  /** From now on everything takes so many milliseconds longer, each way. */
  slow(milliseconds: number): void {
    this.#delay = milliseconds;
  }

  close(): void {
    this.release();
    this.server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #join(near: Socket): void {
    const far = connect(Number(this.target.port), this.target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      void this.#carry(from, to);
    }
  }

  async #carry(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from) {
        if (this.#delay > 0) await sleep(this.#delay);
        await this.#released;
        if (!to.write(chunk)) await once(to, "drain");
      }
      to.end();
    } catch {
      // An end that broke takes the other with it.
      to.destroy();
    }
  }
}
