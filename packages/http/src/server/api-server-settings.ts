/** The numbers and patterns of an API server; the kernel fills them in from the config. */
export interface ApiServerSettings {
  /** Seconds a request may take that is not long-running. */
  readonly requestTimeoutSeconds: number;
  /** Largest request body in bytes. */
  readonly maxRequestBytes: number;
  /** Origins that browsers may call from; none switches CORS off. */
  readonly corsAllowedOrigins: readonly RegExp[];
  /** Serves `POST /quarterdeck/v1/transactions`; default false. */
  readonly transactions?: boolean | undefined;
  /** Speaks CBOR beside JSON, YAML and protobuf, as upstream with `CBORServingAndStorage`; default false. */
  readonly cbor?: boolean | undefined;
  /** Directives of `Strict-Transport-Security`; none by default. */
  readonly strictTransportSecurity?: readonly string[] | undefined;
  /** The chance of each request to end its HTTP/2 connection; 0 by default. */
  readonly goawayChance?: number | undefined;
  /** Answers newcomers 429 while a stop waits for what runs, instead of closing the port at once; default false. */
  readonly shutdownSendRetryAfter?: boolean | undefined;
  /** Seconds over which a stop ends the watches; 0, the default, ends all at once. */
  readonly shutdownWatchGraceSeconds?: number | undefined;
  /** Ends the HTTP/2 connections of anonymous and refused callers after a request; default true. */
  readonly closeAnonymousConnections?: boolean | undefined;
}

/** Upstream's defaults. */
export const DEFAULT_SETTINGS: ApiServerSettings = Object.freeze({
  requestTimeoutSeconds: 60,
  maxRequestBytes: 3 * 1024 * 1024,
  corsAllowedOrigins: Object.freeze([]),
});
