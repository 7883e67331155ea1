import { type KubeObject, StatusError } from "@quarterdeck/meta";
import type { Client, ResourceClient } from "@quarterdeck/sdk";
import type { ElectionTiming } from "./election-timing.js";
import { type LeaseRecord, leaseSpec, readLease, sameLease } from "./lease-record.js";

/** The resource of leases. */
export const LEASES = Object.freeze({ group: "coordination.k8s.io", resource: "leases" });

const NAMESPACE = "kube-system";
const SECOND = 1000;

/** How an attempt at a lease ended: it is ours, another one's, or nobody knows. */
export type LeaseOutcome = "held" | "taken" | "failed";

/**
 * One lease as one candidate sees it; client-go's rules. A lease of another is taken over once it has not changed for its
 * own duration by the clock of this machine: the times that are written in it are for people, machines do not agree on them.
 */
export class HeldLease {
  #lease: KubeObject | undefined;
  #observed: LeaseRecord | undefined;
  /** When it last changed, by a clock that nobody sets. */
  #observedAt = 0;

  constructor(
    private readonly client: Client,
    readonly name: string,
    private readonly identity: string,
    private readonly timing: ElectionTiming,
    /** Told why an attempt failed. */
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Who held it when it was last looked at; empty for nobody. */
  get holder(): string {
    return this.#observed?.holder ?? "";
  }

  /** Takes the lease if it is free, or renews it if it is ours. */
  async attempt(signal: AbortSignal): Promise<LeaseOutcome> {
    const leases = this.client.as("quarterdeck", signal).resource(LEASES);
    try {
      // Most often nobody has written it since.
      if (this.#isOurs && this.#isValid && (await this.#renewAsSeen(leases))) return "held";
      const current = await this.#read(leases);
      if (current === undefined) {
        await this.#create(leases);
        return "held";
      }
      if (current.holder !== "" && !this.#isOurs && this.#isValid) return "taken";
      await this.#write(leases, this.#claim(current));
      return "held";
    } catch (error) {
      // Another one was faster; the next attempt sees who.
      if (StatusError.is(error) && (error.reason === "Conflict" || error.reason === "AlreadyExists")) return "failed";
      if (!signal.aborted) this.failed(error);
      return "failed";
    }
  }

  /**
   * Lets others have it at once, if it is ours still. A renewal that the end of the term has cut short may be stored yet
   * while this reads, so a conflict is no answer: it looks again.
   */
  async release(signal: AbortSignal): Promise<void> {
    const leases = this.client.as("quarterdeck", signal).resource(LEASES);
    try {
      for (;;) {
        const current = await this.#read(leases);
        if (current?.holder !== this.identity) return;
        if (await this.#writeUnlessChanged(leases, this.#free(current))) return;
      }
    } catch (error) {
      this.failed(error);
    }
  }

  get #isOurs(): boolean {
    return this.holder === this.identity;
  }

  get #isValid(): boolean {
    const { durationSeconds = 0 } = this.#observed ?? {};
    return this.#observedAt + durationSeconds * SECOND > performance.now();
  }

  async #renewAsSeen(leases: ResourceClient): Promise<boolean> {
    return this.#observed !== undefined && this.#writeUnlessChanged(leases, this.#claim(this.#observed));
  }

  /** False when another write came first. */
  async #writeUnlessChanged(leases: ResourceClient, record: LeaseRecord): Promise<boolean> {
    try {
      await this.#write(leases, record);
      return true;
    } catch (error) {
      if (StatusError.is(error) && (error.reason === "Conflict" || error.reason === "NotFound")) return false;
      throw error;
    }
  }

  /** What a lease says once it is ours, after what it said before. */
  #claim(before: LeaseRecord | undefined): LeaseRecord {
    const now = new Date().toISOString();
    const claim = { holder: this.identity, durationSeconds: this.timing.leaseDuration / SECOND, renewTime: now };
    if (before === undefined) return { ...claim, acquireTime: now, transitions: 0 };
    if (before.holder !== this.identity) return { ...claim, acquireTime: now, transitions: before.transitions + 1 };
    return { ...claim, acquireTime: before.acquireTime, transitions: before.transitions };
  }

  /** What a lease says that nobody holds. */
  #free({ transitions }: LeaseRecord): LeaseRecord {
    const now = new Date().toISOString();
    return { holder: "", durationSeconds: 1, acquireTime: now, renewTime: now, transitions };
  }

  async #read(leases: ResourceClient): Promise<LeaseRecord | undefined> {
    try {
      const lease = await leases.get({ namespace: NAMESPACE, name: this.name });
      const record = readLease(lease);
      this.#lease = lease;
      if (!sameLease(this.#observed, record)) this.#observe(record);
      return record;
    } catch (error) {
      if (StatusError.is(error) && error.reason === "NotFound") return undefined;
      throw error;
    }
  }

  async #create(leases: ResourceClient): Promise<void> {
    const metadata = { name: this.name, namespace: NAMESPACE };
    const lease = {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      metadata,
      spec: leaseSpec(this.#claim(undefined)),
    };
    this.#took(await leases.create(lease));
  }

  /** On what was read: another one that writes in between wins. */
  async #write(leases: ResourceClient, record: LeaseRecord): Promise<void> {
    if (this.#lease === undefined) throw new RangeError("a lease is read before it is written");
    this.#took(await leases.update({ ...this.#lease, spec: leaseSpec(record) }));
  }

  #took(lease: KubeObject): void {
    this.#lease = lease;
    this.#observe(readLease(lease));
  }

  #observe(record: LeaseRecord): void {
    this.#observed = record;
    this.#observedAt = performance.now();
  }
}
