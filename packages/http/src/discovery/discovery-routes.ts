import { type JsonObject, StatusError } from "@quarterdeck/meta";
import type { ResourceDescriptor } from "@quarterdeck/scheme";
import type { MessageShape, RequestContext } from "@quarterdeck/sdk";
import { API_GROUP, API_GROUP_LIST, API_RESOURCE_LIST, API_VERSIONS, parseAccept } from "@quarterdeck/wire";
import { AggregatedDocument, aggregatedRequest, asksForLegacy } from "./aggregated-document.js";
import type { ServedGroup } from "./group-catalogue.js";
import { servedGroups } from "./group-catalogue.js";
import { apiGroup, apiGroupList, apiResourceList, apiVersions } from "./legacy-discovery.js";
import { LegacyDocument } from "./legacy-document.js";

/** What `createDiscovery` may be told. */
export interface DiscoveryOptions {
  /** `host:port` for `/api`; asked at the first such request, when the port is known, and kept. */
  readonly serverAddress?: () => string;
}

/** The discovery documents as routes. */
export interface DiscoveryRoutes {
  /** Every path answered, without a slash at the end, sorted: for the list at `/`. */
  readonly paths: readonly string[];
  /**
   * Answers a discovery path, with or without a slash at the end (a promise when the answer is compressed); false, and
   * nothing touched, for any other path. Throws a `StatusError` for a method other than GET (405) and for an unknown
   * media type (406).
   */
  handle(context: RequestContext): boolean | Promise<boolean>;
}

interface DiscoveryRoute {
  readonly legacy: LegacyDocument;
  /** True for what upstream answers whatever the method is. */
  readonly anyMethod: boolean;
  /** By version of the aggregated kind; on `/api` and `/apis` only. */
  readonly aggregated: ReadonlyMap<string, AggregatedDocument>;
}

/** kubectl asks for v2 from 1.30 on, and from 1.26 to 1.29 for v2beta1. */
const AGGREGATED_VERSIONS = ["v2", "v2beta1"];
/** `/api/v1` and `/apis/apps/v1`. */
const VERSIONED = /^\/api\/[^/]+$|^\/apis\/[^/]+\/[^/]+$/;
const NOT_AGGREGATED: ReadonlyMap<string, AggregatedDocument> = new Map();

function discoveryRoutes(groups: readonly ServedGroup[], serverAddress: () => string): Map<string, DiscoveryRoute> {
  const routes = new Map<string, DiscoveryRoute>();
  const core = groups.filter(({ name }) => name === "");
  const named = groups.filter(({ name }) => name !== "");
  const aggregated = (of: readonly ServedGroup[]): Map<string, AggregatedDocument> =>
    new Map(AGGREGATED_VERSIONS.map((version) => [version, new AggregatedDocument(of, version)]));
  const add = (path: string, message: MessageShape, make: () => JsonObject, documents = NOT_AGGREGATED): void => {
    const anyMethod = path.startsWith("/apis") && !VERSIONED.test(path);
    routes.set(path, { legacy: new LegacyDocument(make, message), anyMethod, aggregated: documents });
  };
  add("/api", API_VERSIONS, () => apiVersions(core[0], serverAddress()), aggregated(core));
  add("/apis", API_GROUP_LIST, () => apiGroupList(named), aggregated(named));
  for (const group of groups) {
    if (group.name !== "") add(`/apis/${group.name}`, API_GROUP, () => apiGroup(group));
    for (const version of group.versions) {
      add(version.path, API_RESOURCE_LIST, () => apiResourceList(group, version));
    }
  }
  return routes;
}

function answer(context: RequestContext, route: DiscoveryRoute): void | Promise<void> {
  if (route.aggregated.size > 0) {
    const cbor = context.state.servesCbor === true;
    for (const clause of parseAccept(context.get("accept"))) {
      const request = aggregatedRequest(clause, cbor);
      const document = request === undefined ? undefined : route.aggregated.get(request.version);
      if (request !== undefined && document !== undefined) return document.send(context, request.mediaType);
      if (asksForLegacy(clause, cbor)) break;
    }
  }
  return route.legacy.send(context);
}

/**
 * Discovery over the served versions of all resources: `/api`, `/apis` (legacy, and aggregated by `Accept`),
 * `/apis/<group>`, `/api/v1`, `/apis/<group>/<version>`.
 */
export function createDiscovery(
  descriptors: readonly ResourceDescriptor[],
  options: DiscoveryOptions = {},
): DiscoveryRoutes {
  const routes = discoveryRoutes(servedGroups(descriptors), options.serverAddress ?? (() => ""));
  const groups: ReadonlySet<string> = new Set(
    [...routes.keys()].filter((path) => path !== "/apis" && !VERSIONED.test(path)),
  );
  return {
    paths: [...routes.keys()].sort(),
    handle(context) {
      const { path } = context;
      const route = routes.get(path.endsWith("/") ? path.slice(0, -1) : path);
      if (route === undefined) {
        // Upstream's router knows the group, so it is the server that has no such version.
        if (groups.has(path.slice(0, path.lastIndexOf("/")))) throw StatusError.unknownResource();
        return false;
      }
      if (context.method !== "GET" && !route.anyMethod) throw StatusError.methodNotAllowed();
      const sending = answer(context, route);
      return sending === undefined ? true : sending.then(() => true);
    },
  };
}
