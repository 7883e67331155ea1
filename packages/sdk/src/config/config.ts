import type { Constructor } from "../plugin/constructor.js";
import type { Plugin } from "../plugin/define-plugin.js";

/**
 * Names a plugin: a short name (ours), an npm package name or a path, alone or with options; or, in a TypeScript or
 * JavaScript config, the definition itself.
 */
export type PluginReference = string | Plugin | readonly [string | Plugin, { readonly [option: string]: unknown }];

/** Names a resource: a pack by name, a module whose exports are decorated classes, or a class itself. */
export type ResourceReferenceEntry = PluginReference | Constructor;

/** Where the server listens and what it presents. */
export interface ServerConfig {
  /** Address to listen on; default 127.0.0.1. */
  readonly bind?: string;
  /** TLS port; 0 takes a free one; default 6443. */
  readonly port?: number;
  /** Folder for certificates, the kubeconfig and the embedded store; default `.data`. */
  readonly data?: string;
  /** Where the admin kubeconfig is written; default `admin.kubeconfig` in the data folder. */
  readonly kubeconfig?: string;
  /** PEM files of the serving certificate; made in the data folder when absent. */
  readonly certificate?: string;
  readonly certificateKey?: string;
  /** PEM file of the CA that client certificates are verified with; made in the data folder when absent. */
  readonly clientCa?: string;
  /** PEM file of the CA that front proxies, who name the user in headers, are verified with; made when absent. */
  readonly requestHeaderCa?: string;
  /**
   * Certificates for clients that ask for one of `names` (exact ones, and `*.example.com`), as `--tls-sni-cert-key`;
   * without names those that the certificate has.
   */
  readonly sniCertificates?: readonly {
    readonly certificate: string;
    readonly certificateKey: string;
    readonly names?: readonly string[];
  }[];
  /** Default: `VersionTLS12`. */
  readonly tlsMinVersion?: "VersionTLS12" | "VersionTLS13";
  /** Suites of TLS 1.2 by the names that Go uses, in order; default: those with forward secrecy and AEAD. */
  readonly tlsCipherSuites?: readonly string[];
  /** Seconds a request may take that is not long-running; default 60. */
  readonly requestTimeout?: number;
  /** Seconds that running requests are waited for at a stop; default 60. */
  readonly shutdownTimeout?: number;
  /** Seconds that a stop serves on after `/readyz` has begun to fail, so that load balancers notice; default 0. */
  readonly shutdownDelay?: number;
  /** Answers newcomers 429 with `Retry-After: 5` until a stop is through, instead of closing the port first; default false. */
  readonly shutdownSendRetryAfter?: boolean;
  /** Seconds over which a stop ends the watches one after the other; 0, the default, ends all at once. */
  readonly shutdownWatchTerminationGrace?: number;
  /** Regular expressions of origins that browsers may call from; none by default. */
  readonly corsAllowedOrigins?: readonly string[];
  /** Directives of `Strict-Transport-Security`, such as `max-age=31536000`; none by default. */
  readonly strictTransportSecurity?: readonly string[];
  /** The chance of each request to end its HTTP/2 connection, to spread clients over servers; at most 0.02, default 0. */
  readonly goawayChance?: number;
  /** Requests of one HTTP/2 connection at once; default 250. */
  readonly maxStreamsPerConnection?: number;
  /** Largest request body in bytes; default 3145728. */
  readonly maxRequestBytes?: number;
  /** Serves `POST /quarterdeck/v1/transactions`: writes to several objects, all or nothing; default false. */
  readonly transactions?: boolean;
  /** Speaks CBOR too: `application/cbor`, and `application/cbor-seq` for watches; default false, as upstream. */
  readonly cbor?: boolean;
}

/** One change to the filter chain, by the name of a filter that is in it. */
export type ChainEdit =
  | { readonly before: string; readonly use: PluginReference }
  | { readonly after: string; readonly use: PluginReference }
  | { readonly replace: string; readonly use: PluginReference }
  | { readonly remove: string };

/** Where objects are kept: a storage plugin, or one with others for some of the resources. */
export type StorageConfig =
  | PluginReference
  | {
      /** Default: `"level"`. */
      readonly use?: PluginReference;
      /**
       * Resources that are kept elsewhere, as `--etcd-servers-overrides`, by `resource` or `resource.group`:
       * `{ "events": ["level", { path: ".data/events" }] }`. References that say the same are one storage.
       */
      readonly overrides?: { readonly [resource: string]: PluginReference };
      /** An `apiserver.config.k8s.io/v1` EncryptionConfiguration: a file, or the configuration itself. */
      readonly encryption?: string | { readonly [key: string]: unknown };
    };

/** What is recorded of requests, and where. */
export interface AuditConfig {
  /** An `audit.k8s.io/v1` Policy: a file, or the policy itself. */
  readonly policy?: string | { readonly [key: string]: unknown };
  /** Audit plugins: `["log", { path: "audit.log" }]`, `["webhook", { kubeconfig: "audit.kubeconfig" }]`. */
  readonly sinks?: readonly PluginReference[];
}

/** What a person writes in `apiserver.config.ts`; everything may be left out. */
export interface Config {
  readonly server?: ServerConfig;
  /** Default: `"level"`. */
  readonly storage?: StorageConfig;
  /** Default: `["kubernetes"]`. */
  readonly resources?: readonly ResourceReferenceEntry[];
  /** Asked in order; default: client-certificate, service-account, anonymous. */
  readonly authentication?: readonly PluginReference[];
  /** Asked in order; default: rbac. */
  readonly authorization?: readonly PluginReference[];
  /** Run in order; default: namespace-lifecycle. */
  readonly admission?: readonly PluginReference[];
  /**
   * What keeps many requests from being too many: the filter plugin before `authorization`. Default:
   * `"priority-and-fairness"`; the other of ours is `["max-in-flight", { reads: 400, writes: 200 }]`.
   */
  readonly flowControl?: PluginReference;
  /** Who did what: nothing is recorded without a policy and a sink. */
  readonly audit?: AuditConfig;
  /** Edits of the default filter chain, applied in order. */
  readonly filters?: readonly ChainEdit[];
  /**
   * Versions to switch on or off, as `--runtime-config`: `{ "delivery.example.com/v1alpha1": true }`, a whole group
   * `{ "example.com": false }`, or the keys `api/alpha`, `api/beta`, `api/all`.
   */
  readonly runtimeConfig?: { readonly [groupVersion: string]: boolean };
  /**
   * Work that the server does itself, one plugin each; default: namespace, which empties deleted namespaces,
   * garbage-collector, which deletes what has lost its owners, clusterrole-aggregation, which gathers the rules of aggregated
   * cluster roles, resource-quota, which counts what quotas limit, event-ttl, which deletes what was stored under a longer TTL,
   * kubernetes-service, which keeps the service of the API, and service-allocation, which keeps the ranges of services and
   * repairs what they hold. A controller manager that runs beside the server does the same, so an empty list then switches them off.
   */
  readonly controllers?: readonly PluginReference[];
  readonly logging?: {
    readonly level?: "debug" | "info" | "warn" | "error";
    readonly format?: "auto" | "json" | "text";
  };
}

/** Types a config file: `export default defineConfig({ … })`. It checks nothing; the kernel does, at the start. */
export function defineConfig(config: Config): Config {
  return config;
}
