import { StatusError } from "@quarterdeck/meta";
import { Client, type Controller, Injectable, type Lister, ListerOf, Logger, WorkQueue } from "@quarterdeck/sdk";
import { aggregatedRules } from "./aggregated-rules.js";

const ROLES = { group: "rbac.authorization.k8s.io", resource: "clusterroles" };
/** How long to wait before roles are looked at again that could not be written. */
const RETRY_MILLISECONDS = 1000;
/** All roles are one piece of work. */
const ALL = "";

/**
 * Keeps the rules of cluster roles with an `aggregationRule` as those that they gather; upstream's controller of that
 * name, which lives in the controller manager there (docs/adr/0010).
 */
@Injectable()
export class ClusterRoleAggregation implements Controller {
  readonly #queue = new WorkQueue({
    handle: () => this.#gather(),
    failed: (_all, error) => this.logger.warn("cluster roles could not be aggregated yet", { error: String(error) }),
    delay: () => RETRY_MILLISECONDS,
  });
  #end: () => void = () => {};

  /** Without cluster roles among what is served there is nothing to do. */
  constructor(
    @ListerOf(ROLES, { optional: true }) private readonly roles: Lister | undefined,
    private readonly client: Client,
    private readonly logger: Logger,
  ) {}

  /** Resolves when all roles have gathered what there is. */
  async start(): Promise<void> {
    if (this.roles === undefined) return;
    this.#queue.start();
    this.#end = this.roles.observe(() => this.#queue.add(ALL));
    this.#queue.add(ALL);
    await this.#queue.idle();
  }

  /** Ends after the role under work. */
  async stop(): Promise<void> {
    this.#end();
    await this.#queue.stop();
  }

  /** Goes on until nothing changes any more, since roles may gather from roles that gather. */
  async #gather(): Promise<boolean> {
    const all = this.roles?.list() ?? [];
    const { signal } = this.#queue;
    const client = this.client.as("clusterrole-aggregation-controller", signal).resource(ROLES);
    for (const role of all) {
      const rules = aggregatedRules(role, all);
      if (rules === undefined || signal.aborted) continue;
      try {
        await client.update(structuredClone({ ...role, rules: rules.map(listsOf) }));
      } catch (error) {
        // Somebody else wrote it or took it away, which is heard of.
        if (!StatusError.is(error) || (error.reason !== "Conflict" && error.reason !== "NotFound")) throw error;
      }
      this.#queue.add(ALL);
    }
    return true;
  }
}

/** A rule as it is written: without the lists that hold nothing. */
function listsOf(rule: object): { [list: string]: string[] } {
  const lists: [string, string[]][] = Object.entries(rule);
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0));
}
