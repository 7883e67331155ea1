/** How long a peer may take, in milliseconds, before its connection is closed. */
export interface PeerLimits {
  /** From the connection to the end of the TLS handshake. */
  readonly handshake: number;
  /** HTTP/1.1: from the first byte, or the connection, to the end of the headers. */
  readonly headers: number;
  /** HTTP/1.1: to the end of the body; the request's own timeout answers before. */
  readonly request: number;
  /** HTTP/1.1: between two requests. */
  readonly keepAlive: number;
  /** HTTP/2: the peer is asked so often whether it is there, and is gone when it has not answered by the next time. */
  readonly ping: number;
}

/** Upstream's where it has them: 32 seconds to headers there, no limit of a body but the request's. */
export const PEER_LIMITS: PeerLimits = Object.freeze({
  handshake: 10_000,
  headers: 30_000,
  request: 120_000,
  keepAlive: 90_000,
  ping: 30_000,
});

/** Node looks for connections that are over a limit this often at most. */
const CHECK_MILLISECONDS = 5_000;

/** The limits as properties of Node's server, which takes them in no other way when it speaks HTTP/2 too. */
export function http1Limits({ headers, request, keepAlive }: PeerLimits): object {
  return {
    headersTimeout: headers,
    requestTimeout: request,
    keepAliveTimeout: keepAlive,
    connectionsCheckingInterval: Math.min(CHECK_MILLISECONDS, headers, request),
    maxHeaderSize: 64 * 1024,
  };
}
