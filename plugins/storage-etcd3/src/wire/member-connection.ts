import { connect as connectPlain, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Secrets } from "../credentials.js";
import { notSent } from "./call-error.js";
import { Http2Connection } from "./http2-connection.js";

/** Keeps one connection to a member, opened when it is needed and opened again after it ended. */
export class MemberConnection {
  /** Also those that are being opened, and those that take no more calls. */
  readonly #all = new Set<Http2Connection>();
  #open: Http2Connection | undefined;
  #connecting: Promise<Http2Connection> | undefined;
  #closed = false;

  constructor(
    private readonly endpoint: URL,
    private readonly secrets: Secrets,
    private readonly dialMilliseconds: number,
  ) {}

  /** The open connection, if there is one. */
  get open(): Http2Connection | undefined {
    return this.#open;
  }

  /** The open connection, or the next one; rejects with an error that says that nothing was sent. */
  connect(): Promise<Http2Connection> {
    if (this.#open !== undefined) {
      return Promise.resolve(this.#open);
    }
    this.#connecting ??= this.#dial().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  close(): void {
    this.#closed = true;
    for (const connection of this.#all) {
      connection.destroy(new Error("the client was closed"));
    }
  }

  #dial(): Promise<Http2Connection> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(notSent(new Error("the client was closed")));
        return;
      }
      const timer = setTimeout(() => connection.destroy(new Error("connecting took too long")), this.dialMilliseconds);
      const socket = this.#socket();
      const connection = new Http2Connection(
        socket,
        () => {
          clearTimeout(timer);
          this.#open = connection;
          resolve(connection);
        },
        (reason) => {
          clearTimeout(timer);
          if (this.#open === connection) {
            this.#open = undefined;
          }
          reject(notSent(reason));
        },
      );
      this.#all.add(connection);
      socket.once("close", () => this.#all.delete(connection));
    });
  }

  #socket(): Socket {
    const host = this.endpoint.hostname.replace(/^\[|\]$/g, "");
    const secure = this.endpoint.protocol === "https:";
    const port = Number(this.endpoint.port || (secure ? 443 : 80));
    if (!secure) {
      return connectPlain({ host, port, noDelay: true });
    }
    const { ca, cert, key } = this.secrets;
    return connectTls({
      host,
      port,
      ALPNProtocols: ["h2"],
      // An address is no server name (RFC 6066); the certificate is checked for it all the same.
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
    }).setNoDelay(true);
  }
}
