import { setTimeout as sleep } from "node:timers/promises";
import { callFailure, RequestRefusedError } from "./access-errors.js";
import type { EtcdCluster } from "./etcd-cluster.js";
import type { EtcdHeader } from "./wire/kv-messages.js";

const PAUSE = 100;

/** etcd cannot be used; the message names the endpoints and says what to look at. */
export class StorageOpenError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StorageOpenError";
  }
}

const HINTS: readonly { readonly pattern: RegExp; readonly hint: string; readonly final?: boolean }[] = [
  {
    pattern: /invalid user ID or password/,
    hint: "etcd refuses the user: look at the options username and passwordFile",
    final: true,
  },
  {
    pattern: /user name is empty|user name not found|invalid auth token/,
    hint: "etcd asks for a user: give the options username and passwordFile",
    final: true,
  },
  {
    pattern: /authentication is not enabled/,
    hint: "etcd has authentication turned off: leave out the option username",
    final: true,
  },
  {
    pattern: /permission denied/,
    hint:
      "the user needs to read and write all keys of the storage, and the key compact_rev_key; with an etcd before " +
      "3.4.31 or 3.5.13 it needs to read all keys of etcd, since those do not tell how far a watch is",
    final: true,
  },
  {
    pattern: /self.signed|unable to (get|verify)|CERT_|certificate has expired|altnames/i,
    hint: "etcd's certificate cannot be verified: look at the option ca and at the names in the certificate",
    final: true,
  },
  {
    pattern: /certificate required|bad certificate|unknown ca|unknown certificate/i,
    hint: "etcd refuses the client certificate or asks for one: look at the options cert and key",
    final: true,
  },
  {
    pattern:
      /wrong version number|before secure TLS|the connection was closed|packet length too long|EPROTO|ECONNRESET|socket hang up|Protocol error/,
    hint: "it may be that one side speaks TLS and the other does not: look at http and https in the endpoints",
  },
  { pattern: /ECONNREFUSED/, hint: "nothing listens there: look at whether etcd runs, and at the endpoints" },
  { pattern: /ENOTFOUND|Name resolution failed/, hint: "the name of an endpoint cannot be resolved" },
];

/** The clear error for an etcd that cannot be used. */
export function openError(endpoints: readonly string[], error: unknown): StorageOpenError {
  if (error instanceof StorageOpenError) {
    return error;
  }
  const details = detailsOf(error);
  const hint = HINTS.find(({ pattern }) => pattern.test(details))?.hint ?? "look at whether etcd is healthy";
  return new StorageOpenError(`etcd at ${endpoints.join(", ")} cannot be used: ${details}; ${hint}`, { cause: error });
}

/** Waits for an etcd that answers a read which needs its leader; gives up at once when waiting would not help. */
export async function awaitCluster(cluster: EtcdCluster, probe: Buffer, milliseconds: number): Promise<EtcdHeader> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    try {
      return await cluster.head(probe);
    } catch (error) {
      if (Date.now() >= deadline || isFinal(error)) {
        throw error;
      }
    }
    await sleep(PAUSE);
  }
}

function isFinal(error: unknown): boolean {
  const details = detailsOf(error);
  return error instanceof RequestRefusedError || HINTS.some(({ pattern, final }) => final && pattern.test(details));
}

function detailsOf(error: unknown): string {
  return callFailure(error)?.details ?? (error instanceof Error ? error.message : String(error));
}
