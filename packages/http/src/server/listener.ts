import type { IncomingMessage } from "node:http";
import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { createSecureContext, type TLSSocket } from "node:tls";
import type { Logger } from "@quarterdeck/sdk";
import type { ApiServer } from "./api-server.js";
import { HostCheck } from "./host-check.js";
import { http1Limits, PEER_LIMITS, type PeerLimits } from "./peer-limits.js";
import { refuseUpgrade } from "./refuse-upgrade.js";
import { contextOptions, ServerNames, type TlsCredentials, type TlsProtocol } from "./tls-credentials.js";

/** Upstream's limits of one HTTP/2 connection. */
const SETTINGS = { initialWindowSize: 256 * 1024, maxHeaderListSize: 64 * 1024 };
const STREAMS = 250;
/** What all streams of a connection together may send us before we have read it. */
const CONNECTION_WINDOW_BYTES = 16 * 1024 * 1024;
/** Watches that are ended one by one reset their streams; Node before 22 knows neither option. */
const STREAM_RESETS = { streamResetBurst: 10_000, streamResetRate: 1_000 };
/** Queued answers may take this many megabytes of a connection before it gets no further streams. */
const SESSION_MEGABYTES = 256;

/** How a listener stops. */
export interface DrainOptions {
  /** For running requests; watches aside. */
  readonly timeoutSeconds: number;
  /** Over so many seconds watches are ended; 0, the default, ends all at once. */
  readonly watchGraceSeconds?: number;
  /** Newcomers are answered 429 until all is answered, rather than refused; default false. */
  readonly sendRetryAfter?: boolean;
}

/** What a listener presents and whom it serves. */
export interface ListenerOptions extends TlsCredentials, TlsProtocol {
  readonly server: ApiServer;
  /** Requests of one HTTP/2 connection at once; default 250, as upstream. */
  readonly maxStreams?: number | undefined;
  /** How slow a peer may be. */
  readonly limits?: Partial<PeerLimits>;
  readonly logger: Logger;
}

/** The TLS port of an API server, for HTTP/2 and HTTP/1.1. */
export class ApiListener {
  readonly #api: ApiServer;
  readonly #logger: Logger;
  readonly #server: Http2SecureServer;
  /** As TCP has them, TLS handshake done or not. */
  readonly #sockets = new Set<Duplex>();
  readonly #http1 = new Set<TLSSocket>();
  readonly #sessions = new Map<ServerHttp2Session, boolean>();
  readonly #protocol: TlsProtocol;
  #names: ServerNames;
  readonly #pingMilliseconds: number;
  #pings: NodeJS.Timeout | undefined;

  constructor(options: ListenerOptions) {
    this.#api = options.server;
    this.#logger = options.logger;
    const limits = { ...PEER_LIMITS, ...options.limits };
    this.#pingMilliseconds = limits.ping;
    this.#protocol = { minVersion: options.minVersion, ciphers: options.ciphers };
    this.#names = new ServerNames(options, this.#protocol);
    this.#server = createSecureServer({
      ...STREAM_RESETS,
      allowHTTP1: true,
      ...contextOptions(options, options.clientCa, this.#protocol),
      SNICallback: (name, done) => done(null, this.#names.find(name)),
      // Verified by TLS but not required: whether a certificate is needed is for the authenticators to say.
      requestCert: true,
      rejectUnauthorized: false,
      handshakeTimeout: limits.handshake,
      settings: { ...SETTINGS, maxConcurrentStreams: options.maxStreams ?? STREAMS },
      maxSessionMemory: SESSION_MEGABYTES,
    });
    Object.assign(this.#server, http1Limits(limits));
    const hosts = new HostCheck();
    this.#server.on("request", (req, res) => {
      if (req.httpVersionMajor >= 2 || !hosts.refuses(req, res)) void this.#api.callback(req, res);
    });
    this.#server.on("upgrade", (req: IncomingMessage, socket: Duplex) => refuseUpgrade(req, socket));
    this.#server.on("connection", (socket: Duplex) => this.#keep(socket));
    this.#server.on("secureConnection", (socket) => this.#keepHttp1(socket));
    this.#server.on("session", (session) => this.#keepSession(session));
    this.#server.on("tlsClientError", (error) => {
      this.#api.defence.handshakeFailed();
      this.#logger.debug("TLS handshake failed", { error: error.message });
    });
    this.#server.on("sessionError", (error) =>
      this.#logger.debug("HTTP/2 connection failed", { error: error.message }),
    );
  }

  /**
   * Presents other certificates and trusts other authorities from the next handshake on; connections that are open stay as
   * they are. Throws, and changes nothing, for a certificate that cannot be read or does not belong to its key.
   */
  present(credentials: TlsCredentials): void {
    const names = new ServerNames(credentials, this.#protocol);
    const options = contextOptions(credentials, credentials.clientCa, this.#protocol);
    createSecureContext(options);
    this.#server.setSecureContext(options);
    this.#names = names;
  }

  /** Resolves with the address once connections are accepted; rejects when the port cannot be had. */
  listen(port: number, bind: string): Promise<AddressInfo> {
    const server = this.#server;
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, bind, () => {
        server.off("error", reject);
        this.#pings = setInterval(() => this.#ping(), this.#pingMilliseconds).unref();
        const address = server.address();
        if (address !== null && typeof address === "object") resolve(address);
        else reject(new TypeError("the server has no address"));
      });
    });
  }

  /**
   * Stops cleanly: no new connections (or not before all is answered, see {@link DrainOptions.sendRetryAfter}), watches end,
   * HTTP/2 clients are told to go elsewhere, running requests are waited for at most so many seconds, then every connection
   * is closed. Resolves with false when requests had to be cut off.
   */
  async drain({ timeoutSeconds, watchGraceSeconds = 0, sendRetryAfter = false }: DrainOptions): Promise<boolean> {
    const drained = this.#api.drain(watchGraceSeconds).then(() => true);
    const stopListening = (): Promise<boolean> => new Promise((resolve) => this.#server.close(() => resolve(true)));
    const early = sendRetryAfter ? undefined : stopListening();
    // By GOAWAY, after which requests that are on their way are ignored; the client knows to make them elsewhere.
    if (!sendRetryAfter) for (const session of this.#sessions.keys()) session.close();
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), Math.max(timeoutSeconds, watchGraceSeconds) * 1000);
    });
    const clean = await Promise.race([drained, timeUp]);
    const closed = early ?? stopListening();
    for (const session of this.#sessions.keys()) session.close();
    if (clean) {
      // The last answers may still be on their way out; `end` sends what is queued first, as closing sessions do.
      for (const socket of this.#http1) socket.end();
      await Promise.race([closed, timeUp, new Promise((resolve) => setTimeout(resolve, 1000).unref())]);
    }
    clearTimeout(timer);
    this.closeNow();
    return clean;
  }

  /** Cuts every connection at once. */
  closeNow(): void {
    clearInterval(this.#pings);
    this.#server.close();
    for (const session of this.#sessions.keys()) session.destroy();
    for (const socket of this.#sockets) socket.destroy();
  }

  #keep(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
  }

  #keepHttp1(socket: TLSSocket): void {
    if (socket.alpnProtocol === "h2") return;
    this.#http1.add(socket);
    socket.once("close", () => this.#http1.delete(socket));
  }

  #keepSession(session: ServerHttp2Session): void {
    session.setLocalWindowSize(CONNECTION_WINDOW_BYTES);
    this.#sessions.set(session, true);
    session.once("close", () => this.#sessions.delete(session));
  }

  #ping(): void {
    for (const [session, answered] of this.#sessions) {
      if (!answered) {
        session.destroy();
        continue;
      }
      this.#sessions.set(session, false);
      session.ping(() => this.#sessions.has(session) && this.#sessions.set(session, true));
    }
  }
}

/** Makes the listener of an API server; nothing is bound before `listen`. */
export function createListener(options: ListenerOptions): ApiListener {
  return new ApiListener(options);
}
