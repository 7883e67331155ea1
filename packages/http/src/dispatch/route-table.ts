import type { RegistryResource } from "@quarterdeck/registry";
import type { VersionDescriptor } from "@quarterdeck/scheme";
import { connectSubresource } from "../handlers/connect.js";
import { createObject } from "../handlers/create.js";
import { deleteObject } from "../handlers/delete.js";
import { deleteCollection } from "../handlers/delete-collection.js";
import { getObject } from "../handlers/get.js";
import { listObjects } from "../handlers/list.js";
import { patchObject } from "../handlers/patch.js";
import { getScale, patchScale, updateScale } from "../handlers/scale.js";
import { runSubresource } from "../handlers/subresource.js";
import { updateObject } from "../handlers/update.js";
import { watchObjects } from "../handlers/watch.js";
import type { RequestMetrics } from "../metrics/request-metrics.js";
import type { Action, Handler, ResourceRoute } from "./resource-route.js";

const RESOURCE: ReadonlyMap<string, Handler> = new Map([
  ["get", getObject],
  ["list", listObjects],
  ["watch", watchObjects],
  ["create", createObject],
  ["update", updateObject],
  ["patch", patchObject],
  ["delete", deleteObject],
  ["deletecollection", deleteCollection],
]);
/** The status and other subresources that are the object itself; a part may have fewer verbs. */
const PART: ReadonlyMap<string, Handler> = new Map([
  ["get", getObject],
  ["update", updateObject],
  ["patch", patchObject],
]);
const SCALE: ReadonlyMap<string, Handler> = new Map([
  ["get", getScale],
  ["update", updateScale],
  ["patch", patchScale],
]);

/** All routes of one version of a resource, by subresource. */
export type VersionRoutes = ReadonlyMap<string, ResourceRoute>;

/** What is served below `/api` and `/apis`; made once at boot. */
export class RouteTable {
  readonly #groupVersions = new Map<string, Map<string, VersionRoutes>>();

  constructor(resources: readonly RegistryResource[], metrics: RequestMetrics) {
    for (const resource of resources) {
      for (const version of resource.descriptor.servedVersions) this.add(resource, version, metrics);
    }
  }

  /** The resources of a group and version by name, as the path has them; undefined when nothing of it is served. */
  groupVersion(apiPrefix: string, group: string, version: string): ReadonlyMap<string, VersionRoutes> | undefined {
    return this.#groupVersions.get(apiPrefix === "api" ? version : `${group}/${version}`);
  }

  *[Symbol.iterator](): IterableIterator<ResourceRoute> {
    for (const resources of this.#groupVersions.values()) {
      for (const routes of resources.values()) yield* routes.values();
    }
  }

  private add(resource: RegistryResource, version: VersionDescriptor, metrics: RequestMetrics): void {
    const { descriptor } = resource;
    const routes = new Map<string, ResourceRoute>();
    const addRoute = (subresource: string, handlers: Iterable<readonly [string, Handler]>, proxied = false) => {
      const actions = new Map<string, Action>();
      for (const [verb, handler] of handlers) {
        const reported = handler === connectSubresource ? "connect" : verb;
        actions.set(verb, { handler, series: metrics.series(reported, descriptor, version, subresource) });
      }
      routes.set(subresource, { resource, version, subresource, actions, proxied });
    };
    addRoute(
      "",
      [...RESOURCE].filter(([verb]) => descriptor.verbs.has(verb)),
    );
    for (const { name, verbs, connect } of version.subresources.values()) {
      const handler = connect === undefined ? runSubresource : connectSubresource;
      const handlers = verbs.map((verb) => [verb, handler] as const);
      addRoute(name, handlers, connect?.mode === "proxy");
    }
    for (const [part, verbs] of version.parts) {
      addRoute(
        part,
        [...PART].filter(([verb]) => verbs.some((one) => one === verb)),
      );
    }
    if (version.statusField !== undefined) addRoute("status", PART);
    if (version.scale !== undefined) addRoute("scale", SCALE);
    let resources = this.#groupVersions.get(version.apiVersion);
    if (resources === undefined) {
      resources = new Map();
      this.#groupVersions.set(version.apiVersion, resources);
    }
    resources.set(descriptor.resource, routes);
  }
}
