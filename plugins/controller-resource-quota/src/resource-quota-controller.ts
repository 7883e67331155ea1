import { isDeepStrictEqual } from "node:util";
import { type JsonObject, type KubeObject, StatusError } from "@quarterdeck/meta";
import {
  backoff,
  Client,
  type Controller,
  Injectable,
  type Lister,
  ListerOf,
  Listers,
  Logger,
  ServedResources,
  WorkQueue,
} from "@quarterdeck/sdk";
import { CountedObjects } from "./counted-objects.js";
import { byResource } from "./counted-resource.js";
import { measure } from "./measure.js";
import { ResourceQuotaOptions } from "./resource-quota-options.js";
import { objectAt, quantityOf } from "./usage/json.js";
import { scopesOf } from "./usage/scope.js";

const QUOTAS = { group: "", resource: "resourcequotas" };
/** Changes that come close together are counted once, in milliseconds. */
const SETTLING = 100;
const FIRST_DELAY = 200;
const LONGEST_DELAY = 60_000;
/** Quotas that are counted at a time; upstream's --concurrent-resource-quota-syncs. */
const WORKERS = 5;

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ""}/${metadata.name ?? ""}`;
}

/** The same amounts, however they are written. */
function sameQuantities(a: JsonObject, b: JsonObject): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => {
    const [one, other] = [quantityOf(a[name]), quantityOf(b[name])];
    return one !== undefined && other !== undefined && one.compare(other) === 0;
  });
}

/**
 * Keeps the status of resource quotas: the limits that are in force and how much there is of what they limit, counted
 * from the caches; upstream's resource quota controller, which lives in the controller manager there.
 */
@Injectable()
export class ResourceQuotaController implements Controller {
  readonly #queue = new WorkQueue({
    handle: (key) => this.#look(key),
    failed: (quota, error) => this.logger.warn("a quota could not be counted yet", { quota, error: String(error) }),
    delay: backoff(FIRST_DELAY, LONGEST_DELAY),
    workers: WORKERS,
  });
  readonly #objects: CountedObjects;
  #timer: NodeJS.Timeout | undefined;
  #end: () => void = () => {};

  /** Without quotas among what is served there is nothing to do. */
  constructor(
    private readonly options: ResourceQuotaOptions,
    @ListerOf(QUOTAS, { optional: true }) private readonly quotas: Lister | undefined,
    served: ServedResources,
    listers: Listers,
    private readonly client: Client,
    private readonly logger: Logger,
  ) {
    this.#objects = new CountedObjects(served, listers, (key, namespace) => this.#recount(key, namespace));
  }

  start(): void {
    const { quotas } = this;
    if (quotas === undefined) return;
    this.#queue.start();
    this.#end = quotas.observe(({ type, object }) => {
      const key = keyOf(object);
      const hard = type === "DELETED" ? {} : objectAt(object, "spec", "hard");
      this.#objects.want(key, new Set(byResource(Object.keys(hard)).keys()));
      if (type === "DELETED") this.#queue.forget(key);
      else this.#queue.add(key);
    });
    const { resyncSeconds } = this.options;
    if (resyncSeconds === 0) return;
    const all = (): void => {
      for (const quota of quotas.list()) this.#queue.add(keyOf(quota));
    };
    this.#timer = setInterval(all, resyncSeconds * 1000).unref();
  }

  /** Ends after the quotas under work. */
  async stop(): Promise<void> {
    this.#end();
    clearInterval(this.#timer);
    this.#objects.end();
    await this.#queue.stop();
  }

  #recount(resource: string, namespace: string): void {
    for (const quota of this.quotas?.list(namespace) ?? []) {
      const key = keyOf(quota);
      if (this.#objects.isWanted(key, resource)) this.#queue.addAfter(key, SETTLING);
    }
  }

  async #look(key: string): Promise<boolean> {
    const [namespace = "", name = ""] = key.split("/");
    const quota = this.quotas?.get(name, namespace);
    if (quota === undefined) return true;
    const hard = objectAt(quota, "spec", "hard");
    const status = objectAt(quota, "status");
    const used = this.#used(quota, hard, objectAt(status, "used"));
    const isKnown =
      isDeepStrictEqual(Object.keys(status).sort(), ["hard", "used"]) &&
      sameQuantities(hard, objectAt(status, "hard")) &&
      sameQuantities(used, objectAt(status, "used"));
    if (isKnown || (Object.keys(hard).length === 0 && Object.keys(status).length === 0)) return true;
    try {
      const client = this.client.as("resourcequota-controller", this.#queue.signal).resource(QUOTAS);
      await client.updateStatus({ ...structuredClone(quota), status: { hard: structuredClone(hard), used } });
    } catch (error) {
      // Somebody else wrote it or took it away, which is heard of.
      if (!StatusError.is(error) || (error.reason !== "Conflict" && error.reason !== "NotFound")) throw error;
    }
    return true;
  }

  /** What there is of each name that can be counted; what was said before of the others. */
  #used({ metadata, ...quota }: KubeObject, hard: JsonObject, before: JsonObject): { [name: string]: string } {
    const used: { [name: string]: string } = {};
    for (const name of Object.keys(hard)) {
      const kept = before[name];
      if (typeof kept === "string") used[name] = kept;
    }
    const scopes = scopesOf(quota);
    for (const [key, names] of byResource(Object.keys(hard))) {
      const objects = this.#objects.list(key, metadata.namespace ?? "");
      if (objects === undefined) continue;
      for (const [name, quantity] of measure(key, names, objects, scopes, Date.now())) used[name] = quantity.toString();
    }
    return used;
  }
}
