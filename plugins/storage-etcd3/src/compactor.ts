import type { Logger } from "@quarterdeck/sdk";
import { revisionFault } from "./access-errors.js";
import type { EtcdCluster } from "./etcd-cluster.js";
import { COMPACT_REVISION_KEY } from "./key-space.js";

/**
 * Compacts as upstream does, together with the other servers on one etcd: whoever finds the shared key as it left it
 * compacts to the revision of one interval ago; the others take over its version and wait for the next time.
 */
export class Compactor {
  #version = 0;
  #revision = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly cluster: EtcdCluster,
    private readonly logger: Logger,
    private readonly onCompacted: (revision: number) => void,
  ) {}

  start(intervalSeconds: number): void {
    const tick = (): void => {
      this.run().catch((error: unknown) => this.logger.warn("the storage was not compacted", { error }));
    };
    this.#timer = setInterval(tick, intervalSeconds * 1000).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** One turn: true when it was ours. */
  async run(): Promise<boolean> {
    const key = Buffer.from(COMPACT_REVISION_KEY);
    const revision = this.#revision;
    const { succeeded, reads, header } = await this.cluster.txn({
      compare: [{ key, version: this.#version }],
      success: [{ put: key, value: Buffer.from(String(revision)) }],
      failure: [key],
    });
    this.#revision = header.revision;
    if (!succeeded) {
      this.#version = reads[0]?.entries[0]?.version ?? 0;
      return false;
    }
    this.#version++;
    if (revision > 0) {
      await compactTo(this.cluster, revision);
      this.onCompacted(revision);
    }
    return true;
  }
}

/** Compacts to a revision; one that is forgotten already is no error. */
export async function compactTo(cluster: EtcdCluster, revision: number): Promise<void> {
  try {
    await cluster.compact(revision);
  } catch (error) {
    if (revisionFault(error) !== "compacted") {
      throw error;
    }
  }
}
