import type { JsonObject } from "@quarterdeck/meta";
import type { Constructor, Plugin } from "@quarterdeck/sdk";
import type { LoggingOptions } from "./logging-options.js";

/** A certificate for clients that ask for one of its names. */
export interface ResolvedSniCertificate {
  readonly certificate: string;
  readonly certificateKey: string;
  /** Lower-case; undefined: those that the certificate itself has. */
  readonly names: readonly string[] | undefined;
}

/** The `server` section with every default filled in and every path absolute. */
export interface ResolvedServer {
  readonly bind: string;
  readonly port: number;
  readonly data: string;
  readonly kubeconfig: string;
  readonly certificate: string | undefined;
  readonly certificateKey: string | undefined;
  readonly clientCa: string | undefined;
  readonly requestHeaderCa: string | undefined;
  readonly sniCertificates: readonly ResolvedSniCertificate[];
  readonly tlsMinVersion: "VersionTLS12" | "VersionTLS13";
  /** IANA names, all of them known; none means the default ones. */
  readonly tlsCipherSuites: readonly string[];
  /** Seconds. */
  readonly requestTimeout: number;
  /** Seconds. */
  readonly shutdownTimeout: number;
  /** Seconds. */
  readonly shutdownDelay: number;
  readonly shutdownSendRetryAfter: boolean;
  /** Seconds. */
  readonly shutdownWatchTerminationGrace: number;
  readonly corsAllowedOrigins: readonly RegExp[];
  readonly strictTransportSecurity: readonly string[];
  readonly goawayChance: number;
  readonly maxStreamsPerConnection: number;
  readonly maxRequestBytes: number;
  readonly transactions: boolean;
  readonly cbor: boolean;
}

/** A plugin, a pack or a class as the config names it, with where it stands. */
export interface NamedReference {
  /** The place in the config: `admission[1]`. */
  readonly path: string;
  /** What is written there, for error messages. */
  readonly value: unknown;
  /** A name or path to be found, a plugin written into the config, or a resource class. */
  readonly target: string | Plugin | Constructor;
  readonly options: JsonObject;
  /** The place of the options when that is not `<path>[1]`. */
  readonly optionsPath?: string;
  /** Where the value is from: a file, or `default`. */
  readonly origin: string;
}

/** A resource that is kept elsewhere than the others. */
export interface ResolvedStorageOverride {
  /** `events`, `rollouts.delivery.example.com`. */
  readonly resource: string;
  readonly use: NamedReference;
}

/** What the config says about encryption at rest; read when it is loaded. */
export interface ResolvedEncryption {
  /** The file of an `EncryptionConfiguration`, as it is written, or the configuration itself. */
  readonly source: string | JsonObject;
  readonly path: string;
  readonly origin: string;
}

/** A change of the filter chain with its plugin still to be loaded. */
export type ResolvedChainEdit =
  | { readonly path: string; readonly remove: string }
  | {
      readonly path: string;
      readonly place: "before" | "after" | "replace";
      readonly filter: string;
      readonly use: NamedReference;
    };

/** What is recorded of requests: an `audit.k8s.io/v1` Policy, given or still to be read. */
export type ResolvedAuditPolicy =
  | { readonly path: string; readonly origin: string; readonly file: string }
  | { readonly path: string; readonly origin: string; readonly content: unknown };

/** What the server runs with: everything is there, checked and frozen; made once. */
export interface ResolvedConfig {
  /** The config file as it is shown to people; undefined when there is none. */
  readonly file: string | undefined;
  /** The same file as an absolute path. */
  readonly path: string | undefined;
  /** The folder that relative paths of the config start from. */
  readonly directory: string;
  readonly server: ResolvedServer;
  readonly storage: NamedReference;
  readonly storageOverrides: readonly ResolvedStorageOverride[];
  readonly encryption: ResolvedEncryption | undefined;
  readonly resources: readonly NamedReference[];
  readonly authentication: readonly NamedReference[];
  readonly authorization: readonly NamedReference[];
  readonly admission: readonly NamedReference[];
  /** The filter that keeps many requests from being too many. */
  readonly flowControl: NamedReference;
  readonly auditPolicy: ResolvedAuditPolicy | undefined;
  readonly auditSinks: readonly NamedReference[];
  readonly filters: readonly ResolvedChainEdit[];
  readonly runtimeConfig: { readonly [groupVersion: string]: boolean };
  readonly controllers: readonly NamedReference[];
  readonly logging: Readonly<LoggingOptions>;
  /** Where each value is from, by its path: `flag --port`, `QUARTERDECK_PORT`, a file, or `default`. */
  readonly origins: ReadonlyMap<string, string>;
}
