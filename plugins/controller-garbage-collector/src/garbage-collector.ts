import { Client, type Controller, Injectable, Listers, Logger, ServedResources } from "@quarterdeck/sdk";
import { CollectorTerm } from "./collector-term.js";
import { GarbageCollectorOptions } from "./garbage-collector-options.js";

/**
 * Deletes objects whose owners are gone, and ends the deletions that wait for dependents; upstream's garbage collector,
 * which lives in the controller manager there. What it knows of objects lasts for a term.
 */
@Injectable()
export class GarbageCollector implements Controller {
  #term: CollectorTerm | undefined;

  constructor(
    private readonly options: GarbageCollectorOptions,
    private readonly served: ServedResources,
    private readonly listers: Listers,
    private readonly client: Client,
    private readonly logger: Logger,
  ) {}

  start(): void {
    const { options, served, listers, client, logger } = this;
    this.#term = new CollectorTerm({ options, served, listers, client, logger });
    this.#term.start();
  }

  /** Ends after the objects under work. */
  async stop(): Promise<void> {
    const term = this.#term;
    this.#term = undefined;
    await term?.stop();
  }
}
