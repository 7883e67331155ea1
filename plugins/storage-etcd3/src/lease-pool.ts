import type { EtcdCluster } from "./etcd-cluster.js";

/** etcd ends all keys of a lease at once, so they are not to become too many. */
const KEYS_PER_LEASE = 1000;
/** A shared lease lives at most so much longer than a key asks for. */
const REUSE_SHARE = 0.05;

interface SharedLease {
  readonly id: Promise<bigint>;
  /** Until then a key that is attached lives as long as it asks for. */
  readonly usableUntil: number;
  keys: number;
}

/**
 * Leases for keys with a TTL, shared as by upstream's lease manager: keys put within the reuse time share one, which is
 * made to live that much longer.
 */
export class LeasePool {
  /** By TTL; those that cannot be shared any more are dropped when the next is made. */
  readonly #leases = new Map<number, SharedLease>();

  constructor(
    private readonly cluster: Pick<EtcdCluster, "grantLease">,
    private readonly reuseSeconds: number,
  ) {}

  /** The lease for one more key that is to live so many seconds. */
  async lease(ttlSeconds: number): Promise<bigint> {
    // Not the time of day: a clock that is set back would have keys share a lease that has ended.
    const now = performance.now();
    const shared = this.#leases.get(ttlSeconds);
    if (shared !== undefined && shared.keys < KEYS_PER_LEASE && now <= shared.usableUntil) {
      shared.keys++;
      return shared.id;
    }
    const reuse = Math.floor(Math.min(ttlSeconds * REUSE_SHARE, this.reuseSeconds));
    const id = this.cluster.grantLease(Math.max(1, Math.ceil(ttlSeconds)) + reuse);
    this.#sweep(now);
    if (reuse > 0) {
      const lease = { id, usableUntil: now + reuse * 1000, keys: 1 };
      this.#leases.set(ttlSeconds, lease);
      id.catch(() => this.#drop(ttlSeconds, lease));
    }
    return id;
  }

  /** Forgets all leases: one of them has ended before its time. */
  clear(): void {
    this.#leases.clear();
  }

  #drop(ttlSeconds: number, lease: SharedLease): void {
    if (this.#leases.get(ttlSeconds) === lease) {
      this.#leases.delete(ttlSeconds);
    }
  }

  #sweep(now: number): void {
    for (const [ttl, { usableUntil }] of this.#leases) {
      if (now > usableUntil) {
        this.#leases.delete(ttl);
      }
    }
  }
}
