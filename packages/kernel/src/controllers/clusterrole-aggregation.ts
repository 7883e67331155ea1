import { StatusError } from "@quarterdeck/meta";
import { type RegistryResource, updateObject } from "@quarterdeck/registry";
import type { Logger } from "@quarterdeck/sdk";
import type { ResourceWatch } from "@quarterdeck/storage";
import { serverRequest } from "../client/server-request.js";
import { aggregatedRules } from "./aggregated-rules.js";
import { WorkQueue } from "./work-queue.js";

/** How long to wait before roles are looked at again that could not be written, or a watch that ended is opened again. */
const RETRY_MILLISECONDS = 1000;
/** All roles are one piece of work. */
const ALL = "";

/**
 * Keeps the rules of cluster roles with an `aggregationRule` as those that they gather; upstream's controller of that
 * name, which lives in the controller manager there (docs/adr/0010).
 */
export class ClusterRoleAggregation {
  readonly #queue = new WorkQueue({
    handle: () => this.#gather(),
    failed: (_all, error) => this.logger.warn("cluster roles could not be aggregated yet", { error: String(error) }),
    delay: () => RETRY_MILLISECONDS,
  });
  #watch: ResourceWatch | undefined;
  #restart: NodeJS.Timeout | undefined;

  /** `resources`: all that are served; without cluster roles among them there is nothing to do. */
  constructor(
    private readonly resources: readonly RegistryResource[],
    private readonly logger: Logger,
  ) {}

  /** Resolves when all roles have gathered what there is. */
  async start(): Promise<void> {
    const roles = this.#roles;
    if (roles === undefined) return;
    await this.#watchAll(roles);
    this.#queue.add(ALL);
    await this.#queue.idle();
  }

  /** Ends after the role under work. */
  async stop(): Promise<void> {
    const stopped = this.#queue.stop();
    this.#watch?.close();
    clearTimeout(this.#restart);
    await stopped;
  }

  get #roles(): RegistryResource | undefined {
    return this.resources.find(
      ({ descriptor }) => descriptor.group === "rbac.authorization.k8s.io" && descriptor.resource === "clusterroles",
    );
  }

  async #watchAll(roles: RegistryResource): Promise<void> {
    this.#watch = await roles.store.watch({
      namespace: "",
      allowBookmarks: false,
      onChange: () => this.#queue.add(ALL),
      onBookmark() {},
      onEnd: (error) => {
        if (error !== undefined) this.#watchAgain(roles, error);
      },
    });
  }

  #watchAgain(roles: RegistryResource, error: unknown): void {
    if (this.#queue.signal.aborted) return;
    this.logger.warn("the watch of cluster roles ended and is started again", { error: String(error) });
    const again = () => {
      this.#watchAll(roles).then(
        () => this.#queue.add(ALL),
        (failure: unknown) => this.#watchAgain(roles, failure),
      );
    };
    this.#restart = setTimeout(again, RETRY_MILLISECONDS).unref();
  }

  /** Goes on until nothing changes any more, since roles may gather from roles that gather. */
  async #gather(): Promise<boolean> {
    const roles = this.#roles;
    if (roles === undefined) return true;
    const all = roles.store.peekAll("").map(({ object }) => object);
    for (const role of all) {
      const rules = aggregatedRules(role, all);
      if (rules === undefined || this.#queue.signal.aborted) continue;
      const object = structuredClone({ ...role, rules: rules.map(listsOf) });
      try {
        await updateObject(roles, this.#request(roles, role.metadata.name ?? ""), { object, duplicates: [] }, "");
      } catch (error) {
        // Somebody else wrote it or took it away, which is heard of.
        if (!StatusError.is(error) || (error.reason !== "Conflict" && error.reason !== "NotFound")) throw error;
      }
      this.#queue.add(ALL);
    }
    return true;
  }

  #request(roles: RegistryResource, name: string): Parameters<typeof updateObject>[1] {
    return serverRequest(roles, {
      namespace: "",
      name,
      fieldManager: "clusterrole-aggregation-controller",
      signal: this.#queue.signal,
      warn: (text) => this.logger.debug(text, { name }),
    });
  }
}

/** A rule as it is written: without the lists that hold nothing. */
function listsOf(rule: object): { [list: string]: string[] } {
  const lists: [string, string[]][] = Object.entries(rule);
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0));
}
