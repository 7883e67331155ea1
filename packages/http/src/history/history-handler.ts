import { StatusError } from "@quarterdeck/meta";
import { type HistoryEntry, objectHistory } from "@quarterdeck/registry";
import { sendJson } from "@quarterdeck/wire";
import type { ResourceRoute } from "../dispatch/resource-route.js";
import type { Authorizers } from "../filters/authorizers.js";
import type { ServerContext } from "../request/server-context.js";
import { type HistoryQuery, readHistoryQuery } from "./history-query.js";

/** Where it is asked for. */
export const HISTORY_PATH = "/quarterdeck/v1/history";

/**
 * GET of what an object was, newest first: its states, its deletes, and who wrote them. Beside the path itself the
 * caller needs the right to get the object. Upstream has nothing like it.
 */
export class HistoryHandler {
  readonly #routes = new Map<string, ResourceRoute[]>();

  constructor(
    routes: Iterable<ResourceRoute>,
    private readonly authorizers: Authorizers,
  ) {
    for (const route of routes) {
      const { descriptor } = route.resource;
      if (route.subresource !== "" || !descriptor.verbs.has("get")) continue;
      const key = `${descriptor.group}/${descriptor.resource}`;
      this.#routes.set(key, [...(this.#routes.get(key) ?? []), route]);
    }
  }

  async handle(context: ServerContext): Promise<void> {
    const query = readHistoryQuery(context.state.query);
    const { group, resource: plural, version: apiVersion, namespace, name, limit, before } = query;
    const access = { apiGroup: group, apiVersion, resource: plural, subresource: "", namespace, name };
    await this.authorizers.require(context.state, { verb: "get", ...access });
    const { resource, version } = this.#route(query);
    if (resource.descriptor.namespaced !== (namespace !== "")) {
      const what = resource.descriptor.namespaced ? "needs a namespace" : "has no namespace";
      throw StatusError.badRequest(`${resource.descriptor.resource} ${what}`);
    }
    const request = { version, namespace, name, signal: context.state.signal };
    const options = { limit, ...(before !== undefined && { before }) };
    const { entries, more, compacted } = await objectHistory(resource, request, options);
    await sendJson(context, 200, {
      kind: "ObjectHistory",
      apiVersion: "quarterdeck/v1",
      metadata: { more, ...(compacted > 0 && { forgottenBefore: String(compacted) }) },
      items: entries.map(itemOf),
    });
  }

  #route({ group, resource, version }: HistoryQuery): ResourceRoute {
    const routes = this.#routes.get(`${group}/${resource}`) ?? [];
    const found = version === "" ? routes[0] : routes.find((route) => route.version.version === version);
    if (found === undefined) throw StatusError.unknownResource();
    return found;
  }
}

function itemOf({ revision, type, object, note }: HistoryEntry): object {
  return {
    resourceVersion: String(revision),
    type,
    ...(note !== undefined && {
      user: note.user,
      ...(note.manager !== undefined && { manager: note.manager }),
      time: new Date(note.time).toISOString(),
    }),
    ...(object !== undefined && { object }),
  };
}
