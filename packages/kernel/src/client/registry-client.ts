import { NEVER_ABORTED, runTransaction } from "@quarterdeck/registry";
import {
  Client,
  type Constructor,
  type Logger,
  NotServedError,
  type RequestScope,
  type ResourceClient,
  type ResourceReference,
} from "@quarterdeck/sdk";
import { type ClientScope, RegistryResourceClient } from "./resource-client.js";
import type { ResourceTable } from "./resource-table.js";
import { SERVER_SCOPE } from "./server-request.js";

/** The client of plugins: every verb in process, as `system:apiserver`, through admission and validation. */
export class RegistryClient extends Client {
  private constructor(
    private readonly scope: ClientScope,
    private readonly joined: boolean,
  ) {
    super();
  }

  /** The client of a server, outside transactions. */
  static of(table: ResourceTable, logger: Logger): RegistryClient {
    const scope = { table, logger, fieldManager: "apiserver", signal: NEVER_ABORTED, request: SERVER_SCOPE };
    return new RegistryClient({ ...scope, join: (resource) => resource }, false);
  }

  resource<T extends object>(target: Constructor<T>): ResourceClient<T>;
  resource(target: ResourceReference): ResourceClient;
  resource(target: Constructor | ResourceReference): ResourceClient {
    const found = this.scope.table.find(target);
    if (found === undefined) {
      const name = typeof target === "function" ? target.name : `${target.resource}.${target.group}`;
      throw new NotServedError(name);
    }
    return new RegistryResourceClient(this.scope, found, typeof target === "function" ? target.prototype : undefined);
  }

  as(fieldManager: string, signal: AbortSignal = this.scope.signal): RegistryClient {
    return new RegistryClient({ ...this.scope, fieldManager, signal }, this.joined);
  }

  within({ user, dryRun }: RequestScope): RegistryClient {
    return new RegistryClient({ ...this.scope, request: { user, dryRun } }, this.joined);
  }

  async transaction<T>(run: (client: Client) => Promise<T>): Promise<T> {
    // One within another is part of it.
    if (this.joined) return run(this);
    const { scope } = this;
    const { result } = await runTransaction((join) => run(new RegistryClient({ ...scope, join }, true)), scope.signal);
    return result;
  }
}
