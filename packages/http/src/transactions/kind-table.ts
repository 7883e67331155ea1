import type { ResourceRoute } from "../dispatch/resource-route.js";

/** Finds the route of a kind in one of its versions; made once at boot. */
export class KindTable {
  readonly #routes = new Map<string, ResourceRoute>();

  constructor(routes: Iterable<ResourceRoute>) {
    for (const route of routes) {
      this.#routes.set(`${route.version.apiVersion} ${route.version.kind} ${route.subresource}`, route);
    }
  }

  /** `subresource` is empty or `status`; undefined for what is not served. */
  find(apiVersion: string, kind: string, subresource: string): ResourceRoute | undefined {
    if (subresource !== "" && subresource !== "status") return undefined;
    return this.#routes.get(`${apiVersion} ${kind} ${subresource}`);
  }
}
