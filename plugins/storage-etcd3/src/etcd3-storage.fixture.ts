import type { Logger } from "@quarterdeck/sdk";
import type { Etcd } from "@quarterdeck/testing/etcd";
import type { Etcd3Options } from "./etcd3-options.js";

/** Keeps nothing of what is logged. */
export const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** Options for an etcd of the tests; no compaction unless it is asked for. */
export function optionsFor(etcd: Pick<Etcd, "endpoints">, more: Partial<Etcd3Options> = {}): Etcd3Options {
  return {
    endpoints: [...etcd.endpoints],
    prefix: "",
    compactionSeconds: 0,
    requestTimeoutSeconds: 5,
    dialTimeoutSeconds: 5,
    maxValueBytes: 1572864,
    leaseReuseSeconds: 60,
    ...more,
  };
}
