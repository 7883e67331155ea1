import { Field } from "@quarterdeck/sdk";

/** The options of the plugin, as upstream's `KMSConfiguration`. */
export class KmsOptions {
  @Field({ default: "v1", description: "Of the key service; only v2 is spoken." })
  apiVersion!: string;

  @Field({ required: true, minLength: 1, description: "Stands in front of each stored value; unique, no colon." })
  name!: string;

  @Field({ required: true, minLength: 1, description: "unix:///path of the key service's socket." })
  endpoint!: string;

  @Field({ default: "3s", description: "How long the key service may take for a call, as Go writes durations." })
  timeout!: string;

  @Field({ type: "integer", description: "Of KMS v1 alone." })
  cachesize?: number;
}

/** An option that cannot be used; its place and upstream's words. */
class KmsOptionError extends Error {
  override readonly name = "KmsOptionError";
}

const UNITS: { readonly [unit: string]: number } = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** A Go duration such as `3s` or `1m30s` in milliseconds. */
function milliseconds(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text) {
    throw new KmsOptionError(`timeout: time: invalid duration ${JSON.stringify(text)}`);
  }
  const total = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ""] ?? 0), 0);
  if (total <= 0) throw new KmsOptionError("timeout: timeout should be a positive value");
  return total;
}

/** The options with their texts read. */
export interface KeyServiceSettings {
  readonly name: string;
  /** The path of the socket. */
  readonly socket: string;
  readonly timeoutMilliseconds: number;
}

/** Checks the options as upstream does; throws for the first mistake. */
export function keyServiceSettings({ apiVersion, name, endpoint, timeout, cachesize }: KmsOptions): KeyServiceSettings {
  if (name.includes(":")) {
    throw new KmsOptionError(`name: invalid KMS provider name ${name}, must not contain ':'`);
  }
  if (apiVersion === "v1") {
    throw new KmsOptionError("apiVersion: KMS v1, which is meant without an apiVersion, is not supported: use v2");
  }
  if (apiVersion !== "v2") {
    throw new KmsOptionError(`apiVersion: unsupported apiVersion ${apiVersion} for KMS provider, only v2 is supported`);
  }
  if (cachesize !== undefined) throw new KmsOptionError("cachesize: cachesize is not supported in v2");
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(endpoint)?.[1] ?? "";
  if (scheme !== "unix") {
    const message = `unsupported scheme ${JSON.stringify(scheme)} for KMS provider, only unix is supported`;
    throw new KmsOptionError(`endpoint: ${message}`);
  }
  const socket = /^unix:\/\/(\/[^@].*)$/.exec(endpoint)?.[1];
  if (socket === undefined) throw new KmsOptionError("endpoint: must be unix:// and the absolute path of a socket");
  return { name, socket, timeoutMilliseconds: milliseconds(timeout) };
}
