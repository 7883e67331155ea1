import { type KubeObject, StatusError } from "@quarterdeck/meta";
import {
  Client,
  type Controller,
  Injectable,
  Listers,
  Logger,
  RepeatedWork,
  type ServedResource,
  ServedResources,
} from "@quarterdeck/sdk";
import { lastWrite } from "./last-write.js";

const MINUTE = 60_000;
const SECOND = 1000;
/**
 * How much later than its end an object is looked for here: storages let it live up to a minute and 5 % longer, and its
 * times are whole seconds.
 */
const SLACK = 2 * MINUTE;
const SLACK_SHARE = 0.05;

/** The time since which an object must have been written to be there still. */
function limitOf(ttlSeconds: number, now: number): number {
  return now - ttlSeconds * SECOND * (1 + SLACK_SHARE) - SLACK;
}

/**
 * Deletes what has outlived its TTL because the storage was told of another one: events that were kept for a week, say, when
 * the config says an hour now. All others end by the storage, which is told the TTL with every write (docs/adr/0024).
 */
@Injectable()
export class EventTtl implements Controller {
  readonly #work = new RepeatedWork(MINUTE, (signal) => this.#look(signal));

  constructor(
    private readonly served: ServedResources,
    private readonly listers: Listers,
    private readonly client: Client,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.#work.start();
  }

  /** Ends after the object under work. */
  stop(): Promise<void> {
    return this.#work.stop();
  }

  /** Looks at all that has a TTL once. */
  async #look(signal: AbortSignal): Promise<void> {
    for (const resource of this.served.all()) {
      const { ttlSeconds } = resource;
      if (ttlSeconds === undefined) continue;
      const limit = limitOf(ttlSeconds, Date.now());
      // Times in one form are in order as texts are; most are younger.
      const text = new Date(limit).toISOString();
      for (const object of this.listers.of(resource)?.list() ?? []) {
        if (signal.aborted) return;
        if ((object.metadata.creationTimestamp ?? "") < text && lastWrite(object) < limit)
          await this.#remove(resource, object, signal);
      }
    }
  }

  /** Unless it has been written meanwhile. */
  async #remove(resource: ServedResource, { metadata }: KubeObject, signal: AbortSignal): Promise<void> {
    const { name = "", namespace = "", uid = "", resourceVersion = "" } = metadata;
    try {
      const client = this.client.as("event-ttl-controller", signal).resource(resource);
      await client.delete({ name, namespace }, { preconditions: { uid, resourceVersion } });
    } catch (error) {
      if (signal.aborted || (StatusError.is(error) && (error.reason === "NotFound" || error.reason === "Conflict")))
        return;
      const fields = { resource: resource.resource, name, namespace, error: String(error) };
      this.logger.warn("an object that has outlived its TTL could not be deleted", fields);
    }
  }
}
