import { StatusError } from "@quarterdeck/meta";
import { type RegistryResource, updateObject } from "@quarterdeck/registry";
import type { Logger } from "@quarterdeck/sdk";
import type { ResourceWatch } from "@quarterdeck/storage";
import { SERVER_USER } from "../client/registry-client.js";
import { aggregatedRules } from "./aggregated-rules.js";

/** How long to wait before roles are looked at again that could not be written, or a watch that ended is opened again. */
const RETRY_MILLISECONDS = 1000;

/**
 * Keeps the rules of cluster roles with an `aggregationRule` as those that they gather; upstream's controller of that
 * name, which lives in the controller manager there (docs/adr/0010).
 */
export class ClusterRoleAggregation {
  readonly #stopped = new AbortController();
  #working: Promise<void> | undefined;
  #changed = false;
  #watch: ResourceWatch | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `resources`: all that are served; without cluster roles among them there is nothing to do. */
  constructor(
    private readonly resources: readonly RegistryResource[],
    private readonly logger: Logger,
  ) {}

  /** Resolves when all roles have gathered what there is. */
  async start(): Promise<void> {
    const roles = this.resources.find(
      ({ descriptor }) => descriptor.group === "rbac.authorization.k8s.io" && descriptor.resource === "clusterroles",
    );
    if (roles === undefined) return;
    await this.#watchAll(roles);
    this.#enqueue(roles);
    await this.#working;
  }

  /** Ends after the role under work. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#watch?.close();
    clearTimeout(this.#timer);
    await this.#working;
  }

  async #watchAll(roles: RegistryResource): Promise<void> {
    this.#watch = await roles.store.watch({
      namespace: "",
      allowBookmarks: false,
      onChange: () => this.#enqueue(roles),
      onBookmark() {},
      onEnd: (error) => {
        if (error !== undefined) this.#watchAgain(roles, error);
      },
    });
  }

  #watchAgain(roles: RegistryResource, error: unknown): void {
    if (this.#stopped.signal.aborted) return;
    this.logger.warn("the watch of cluster roles ended and is started again", { error: String(error) });
    this.#later(() => {
      this.#watchAll(roles).then(
        () => this.#enqueue(roles),
        (failure: unknown) => this.#watchAgain(roles, failure),
      );
    });
  }

  #later(run: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(run, RETRY_MILLISECONDS).unref();
  }

  #enqueue(roles: RegistryResource): void {
    if (this.#stopped.signal.aborted) return;
    this.#changed = true;
    this.#working ??= this.#work(roles).finally(() => {
      this.#working = undefined;
    });
  }

  /** Goes on until nothing changes any more, since roles may gather from roles that gather. */
  async #work(roles: RegistryResource): Promise<void> {
    // The write that this hears of may not have been answered yet; it goes first.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#changed && !this.#stopped.signal.aborted) {
      this.#changed = false;
      try {
        await this.#gather(roles);
      } catch (error) {
        if (this.#stopped.signal.aborted) return;
        this.logger.warn("cluster roles could not be aggregated yet", { error: String(error) });
        this.#later(() => this.#enqueue(roles));
        return;
      }
    }
  }

  async #gather(roles: RegistryResource): Promise<void> {
    const all = roles.store.peekAll("").map(({ object }) => object);
    for (const role of all) {
      const rules = aggregatedRules(role, all);
      if (rules === undefined || this.#stopped.signal.aborted) continue;
      const object = structuredClone({ ...role, rules: rules.map(listsOf) });
      try {
        await updateObject(roles, this.#request(roles, role.metadata.name ?? ""), { object, duplicates: [] }, "");
      } catch (error) {
        // Somebody else wrote it or took it away, which is heard of.
        if (!StatusError.is(error) || (error.reason !== "Conflict" && error.reason !== "NotFound")) throw error;
      }
      this.#changed = true;
    }
  }

  #request(roles: RegistryResource, name: string): Parameters<typeof updateObject>[1] {
    return {
      version: roles.descriptor.storageVersion,
      namespace: "",
      name,
      user: SERVER_USER,
      dryRun: false,
      fieldValidation: "Strict",
      fieldManager: "clusterrole-aggregation-controller",
      signal: this.#stopped.signal,
      services: roles.services,
      annotate() {},
      warn: (text) => this.logger.debug(text, { name }),
    };
  }
}

/** A rule as it is written: without the lists that hold nothing. */
function listsOf(rule: object): { [list: string]: string[] } {
  const lists: [string, string[]][] = Object.entries(rule);
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0));
}
