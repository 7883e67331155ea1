import { setMaxListeners } from "node:events";
import { reasonOf, StatusError } from "@quarterdeck/meta";
import { backoff, type Client, type Listers, type Logger, type ServedResources, WorkQueue } from "@quarterdeck/sdk";
import { type CollectorParts, collectObject } from "./collect/collect-object.js";
import { OwnerLookup } from "./collect/owner-lookup.js";
import { releaseDependents } from "./collect/release-dependents.js";
import type { GarbageCollectorOptions } from "./garbage-collector-options.js";
import { AbsentOwners } from "./graph/absent-owners.js";
import { ObjectGraph } from "./graph/object-graph.js";
import { identityText } from "./graph/object-identity.js";
import { InvalidOwnerEvents } from "./invalid-owner-events.js";
import { LiveObjects } from "./live/live-objects.js";
import { UnknownKindError } from "./live/unknown-kind-error.js";
import { ResourceObservers } from "./resource-observers.js";

/** The name of the collector's account, upstream's, which managed fields show. */
const MANAGER = "generic-garbage-collector";
const FIRST_RETRY_MILLISECONDS = 5;
const LONGEST_RETRY_MILLISECONDS = 60_000;

/** What a term works with. */
export interface CollectorTermParts {
  readonly options: GarbageCollectorOptions;
  readonly served: ServedResources;
  readonly listers: Listers;
  readonly client: Client;
  readonly logger: Logger;
}

/** Others were faster, or a kind is not served yet: this happens, and another attempt finds out. */
function isUsual(error: unknown): boolean {
  return error instanceof UnknownKindError || (StatusError.is(error) && error.reason === "Conflict");
}

/**
 * One term of the collector. Observers keep the graph, the graph says what to look at, and workers look at the store before
 * they do anything. Keys of the queues are uids.
 */
export class CollectorTerm {
  readonly #stopped = new AbortController();
  readonly #collector: CollectorParts;
  readonly #observers: ResourceObservers;
  readonly #suspects: WorkQueue;
  readonly #owners: WorkQueue;
  readonly #events: InvalidOwnerEvents;
  /** What was found before the graph was complete: only then can it be said that an owner has no dependents. */
  #early: Map<WorkQueue, Set<string>> | undefined;

  constructor(private readonly parts: CollectorTermParts) {
    const { options, served, listers, logger } = parts;
    // Each request under way listens; there are as many as workers.
    setMaxListeners(0, this.#stopped.signal);
    const client = parts.client.as(MANAGER, this.#stopped.signal);
    this.#suspects = this.#queue((uid) => this.#collect(uid));
    this.#owners = this.#queue((uid) => this.#release(uid));
    this.#early = new Map([this.#suspects, this.#owners].map((queue) => [queue, new Set()]));
    this.#events = new InvalidOwnerEvents(served, client, logger);
    const absentOwners = new AbsentOwners(options.absentOwners);
    const suspect: CollectorParts["suspect"] = ({ identity }) => this.#add(this.#suspects, identity.uid);
    const graph = new ObjectGraph(
      {
        suspect,
        orphans: ({ identity }) => this.#add(this.#owners, identity.uid),
      },
      absentOwners,
      (meant) => this.#observers.find(meant),
    );
    const live = new LiveObjects({ served, listers, client });
    const owners = new OwnerLookup(live, absentOwners, (dependent, owner) => this.#events.report(dependent, owner));
    this.#collector = { graph, live, owners, suspect };
    this.#observers = new ResourceObservers(served, listers, graph, new Set(options.ignoredResources));
  }

  start(): void {
    this.#observers.start(() => this.#complete());
  }

  /** Resolves when nothing is worked on; requests under way are ended. */
  async stop(): Promise<void> {
    this.#observers.stop();
    const queues = [this.#suspects.stop(), this.#owners.stop()];
    this.#stopped.abort();
    await Promise.all([...queues, this.#events.settled()]);
  }

  #queue(handle: (uid: string) => Promise<boolean>): WorkQueue {
    return new WorkQueue({
      handle,
      failed: (uid, error) => this.#failed(uid, error),
      delay: backoff(FIRST_RETRY_MILLISECONDS, LONGEST_RETRY_MILLISECONDS),
      workers: this.parts.options.workers,
    });
  }

  #add(queue: WorkQueue, uid: string): void {
    if (this.#early === undefined) queue.add(uid);
    else this.#early.get(queue)?.add(uid);
  }

  #complete(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const [queue, uids] of early) for (const uid of uids) queue.add(uid);
  }

  async #collect(uid: string): Promise<boolean> {
    const node = this.#collector.graph.get(uid);
    return node === undefined || collectObject(this.#collector, node);
  }

  async #release(uid: string): Promise<boolean> {
    const { graph, live } = this.#collector;
    const node = graph.get(uid);
    if (node?.orphaningDependents) await releaseDependents(live, node, this.parts.options.workers);
    return true;
  }

  #failed(uid: string, error: unknown): void {
    const { logger } = this.parts;
    const node = this.#collector.graph.get(uid);
    const fields = { object: node === undefined ? uid : identityText(node.identity), error: reasonOf(error) };
    if (isUsual(error)) logger.debug("an object is looked at again", fields);
    else logger.warn("an object could not be collected yet", fields);
  }
}
