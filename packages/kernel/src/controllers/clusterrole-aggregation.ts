import { StatusError } from "@quarterdeck/meta";
import { type RegistryResource, updateObject } from "@quarterdeck/registry";
import { serverRequest } from "../client/server-request.js";
import { aggregatedRules } from "./aggregated-rules.js";
import type { ControllerTools } from "./controller-tools.js";
import { WorkQueue } from "./work-queue.js";

/** How long to wait before roles are looked at again that could not be written. */
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
    failed: (_all, error) =>
      this.tools.logger.warn("cluster roles could not be aggregated yet", { error: String(error) }),
    delay: () => RETRY_MILLISECONDS,
  });
  #end: () => void = () => {};

  /** Without cluster roles among what is served there is nothing to do. */
  constructor(private readonly tools: ControllerTools) {}

  /** Resolves when all roles have gathered what there is. */
  async start(): Promise<void> {
    const roles = this.#roles;
    if (roles === undefined) return;
    this.#end = this.tools.observers.observe(roles.store, () => this.#queue.add(ALL));
    this.#queue.add(ALL);
    await this.#queue.idle();
  }

  /** Ends after the role under work. */
  async stop(): Promise<void> {
    this.#end();
    await this.#queue.stop();
  }

  get #roles(): RegistryResource | undefined {
    return this.tools.resources.find(
      ({ descriptor }) => descriptor.group === "rbac.authorization.k8s.io" && descriptor.resource === "clusterroles",
    );
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
      warn: (text) => this.tools.logger.debug(text, { name }),
    });
  }
}

/** A rule as it is written: without the lists that hold nothing. */
function listsOf(rule: object): { [list: string]: string[] } {
  const lists: [string, string[]][] = Object.entries(rule);
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0));
}
