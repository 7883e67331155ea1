import {
  type Logger,
  type Storage,
  type StorageEvent,
  StorageTimeoutError,
  StorageUnavailableError,
} from "@quarterdeck/sdk";
import { type Etcd, etcdMissing } from "@quarterdeck/testing/etcd";
import { describe } from "vitest";
import type { Etcd3Options } from "./etcd3-options.js";
import { Etcd3Storage } from "./etcd3-storage.js";

/** Keeps nothing of what is logged. */
export const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** Like describe, skipped with its reason where there is no etcd. */
export function describeWithEtcd(title: string, suite: () => void): void {
  const skipped = etcdMissing === undefined ? "" : ` (skipped: ${etcdMissing})`;
  describe.skipIf(etcdMissing)(`${title}${skipped}`, suite);
}

/** Options for an etcd of the tests; no compaction unless it is asked for. */
function optionsFor({ endpoints }: Pick<Etcd, "endpoints">, more: Partial<Etcd3Options> = {}): Etcd3Options {
  return {
    endpoints: [...endpoints],
    prefix: "",
    compactionSeconds: 0,
    requestTimeoutSeconds: 5,
    dialTimeoutSeconds: 5,
    maxValueBytes: 1572864,
    leaseReuseSeconds: 60,
    ...more,
  };
}

/** Opens a storage on an etcd of the tests. */
export async function openOn(
  etcd: Pick<Etcd, "endpoints">,
  more: Partial<Etcd3Options> = {},
  logger: Logger = quiet,
): Promise<Etcd3Storage> {
  const storage = new Etcd3Storage(optionsFor(etcd, more), logger);
  await storage.open();
  return storage;
}

/** Whether an error says that etcd was not there, and nothing else. */
export function wasAway(error: unknown): boolean {
  return StorageUnavailableError.is(error) || StorageTimeoutError.is(error);
}

/** Tries until etcd answers again; any other error fails the test. */
export async function persist<R>(act: () => Promise<R>): Promise<R> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!wasAway(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** Puts one key until that is known to have taken effect; the revision. */
export async function putSurely(storage: Storage, key: string, value: string): Promise<number> {
  return persist(async () => {
    const result = await storage.commit([{ type: "put", key, value: Buffer.from(value) }]);
    return result.revision;
  });
}

/** Events as one line each. */
export function lines(events: readonly StorageEvent[]): string[] {
  return events.map((event) => `${event.revision} ${event.type} ${event.key}=${event.value?.toString() ?? ""}`);
}
