import type { HealthCheck } from "@quarterdeck/http";
import { type Storage, StorageTimeoutError } from "@quarterdeck/sdk";

/** How long a storage may take to say its revision before it counts as down: a probe waits about as long. */
const LIMIT_MILLISECONDS = 2000;

/**
 * Asks a storage for its revision. Only `/readyz` does: starting the process again would not bring a storage back, and
 * reads from the caches go on without it.
 */
export function storageCheck(name: string, storage: Storage, limit = LIMIT_MILLISECONDS): HealthCheck {
  let asked: Promise<unknown> | undefined;
  const ask = (): Promise<unknown> => {
    // A storage that hangs is asked once, however many probes come meanwhile.
    asked ??= storage.currentRevision().finally(() => {
      asked = undefined;
    });
    return asked;
  };
  return {
    name,
    endpoints: ["readyz"],
    async check() {
      let timer: NodeJS.Timeout | undefined;
      const timeUp = new Promise<never>((_resolve, reject) => {
        const late = new StorageTimeoutError(`the storage did not answer within ${limit} ms`);
        timer = setTimeout(() => reject(late), limit);
      });
      try {
        await Promise.race([ask(), timeUp]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
