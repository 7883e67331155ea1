import { type ClientHttp2Session, connect } from "node:http2";
import { connect as connectPlain, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Secrets } from "../credentials.js";
import { notSent } from "./call-error.js";

/** How much of one answer, and of all together, may be on its way. */
const STREAM_WINDOW = 4 * 1024 * 1024;
const SESSION_WINDOW = 16 * 1024 * 1024;
/** Node counts what waits to be written or read; its own limit of 10 is met by 64 writers of large objects. */
const SESSION_MEGABYTES = 1024;
/** etcd takes pings every 5 s at most. */
const PING_MILLISECONDS = 10_000;
const PING_TIMEOUT = 5000;

/** Keeps one HTTP/2 session to a member, opened when it is needed and opened again after it ended. */
export class Http2Sessions {
  /** Also those that are being opened, and those that take no more calls. */
  readonly #all = new Set<ClientHttp2Session>();
  #session: ClientHttp2Session | undefined;
  #connecting: Promise<ClientHttp2Session> | undefined;
  #closed = false;

  constructor(
    private readonly endpoint: URL,
    private readonly secrets: Secrets,
    private readonly dialMilliseconds: number,
    /** Told of the end of a session that was open. */
    private readonly onGone: (session: ClientHttp2Session, reason: Error) => void,
  ) {}

  /** The open session, if there is one. */
  get open(): ClientHttp2Session | undefined {
    return this.#session;
  }

  /** The open session, or the next one; rejects with an error that says that nothing was sent. */
  connect(): Promise<ClientHttp2Session> {
    if (this.#session !== undefined) {
      return Promise.resolve(this.#session);
    }
    this.#connecting ??= this.#dial().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  close(): void {
    this.#closed = true;
    for (const session of this.#all) {
      session.destroy(new Error("the client was closed"));
    }
  }

  #dial(): Promise<ClientHttp2Session> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(notSent(new Error("the client was closed")));
        return;
      }
      const socket = this.#socket();
      const session = connect(this.endpoint, {
        createConnection: () => socket,
        settings: { enablePush: false, initialWindowSize: STREAM_WINDOW },
        maxSessionMemory: SESSION_MEGABYTES,
      });
      this.#all.add(session);
      const over = (error: Error): void => {
        clearTimeout(timer);
        socket.destroy();
        session.destroy();
        this.#all.delete(session);
        this.#forget(session);
        this.onGone(session, error);
        reject(notSent(error));
      };
      const timer = setTimeout(() => over(new Error("connecting took too long")), this.dialMilliseconds);
      session.on("error", over);
      session.once("close", () => over(new Error("the connection was closed")));
      // Not every error of TLS reaches the session: a client certificate is refused after the handshake.
      socket.on("error", over);
      socket.once("close", () => over(new Error("the connection was closed")));
      // A session that is told to go away takes no more calls; those on it are still answered.
      session.once("goaway", () => this.#forget(session));
      // The peer's settings: it speaks HTTP/2.
      session.once("remoteSettings", () => {
        clearTimeout(timer);
        session.setLocalWindowSize(SESSION_WINDOW);
        if (this.#closed) {
          over(new Error("the client was closed"));
          return;
        }
        this.#session = session;
        this.#watchOver(session);
        resolve(session);
      });
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

  #forget(session: ClientHttp2Session): void {
    if (this.#session === session) {
      this.#session = undefined;
    }
  }

  /** Finds out that the peer is gone without a word. */
  #watchOver(session: ClientHttp2Session): void {
    const timer = setInterval(() => {
      const silence = setTimeout(() => session.destroy(new Error("the connection is dead")), PING_TIMEOUT);
      session.once("close", () => clearTimeout(silence));
      session.ping(() => clearTimeout(silence));
    }, PING_MILLISECONDS);
    timer.unref();
    session.once("close", () => clearInterval(timer));
  }
}
