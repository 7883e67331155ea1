import { StatusError } from "@quarterdeck/meta";
import { isPathSegment } from "../request/field-selector-name.js";
import type { ParsedRequestInfo } from "../request/parsed-request-info.js";
import type { Action, ResourceRoute } from "./resource-route.js";
import type { RouteTable } from "./route-table.js";

/** A route and the action that a request means. */
export interface Found {
  readonly route: ResourceRoute;
  readonly action: Action;
}

/**
 * Looks up what a resource request means, by the verb that it was authorized for. Undefined when its group and
 * version are not served at all; throws 404 for an unknown resource or a path of the wrong scope or depth, 405 for a
 * verb that is not served, 400 for a name that no object can have.
 */
export function findAction(table: RouteTable, info: ParsedRequestInfo, method: string): Found | undefined {
  const resources = table.groupVersion(info.apiPrefix, info.apiGroup, info.apiVersion);
  if (resources === undefined) return undefined;
  const route = resources.get(info.resource)?.get(info.subresource);
  if (route === undefined || (info.deeper && !route.proxied) || !fitsScope(route, info))
    throw StatusError.unknownResource();
  // OPTIONS has no verb: upstream authorizes it as such, and proxies it.
  const action = route.actions.get(route.proxied && method === "OPTIONS" ? "get" : info.verb);
  if (action === undefined || !fitsVerb(route, info, method)) throw StatusError.methodNotAllowed();
  checkSegment("Name", info.name);
  checkSegment("Namespace", info.namespace);
  return { route, action };
}

function fitsScope(route: ResourceRoute, info: ParsedRequestInfo): boolean {
  // Without a namespace a namespaced resource has only the collection over all of them.
  return route.resource.descriptor.namespaced ? info.scoped || !info.named : !info.scoped;
}

function fitsVerb(route: ResourceRoute, info: ParsedRequestInfo, method: string): boolean {
  if (method === "HEAD" && !route.proxied) return false;
  switch (info.verb) {
    case "list":
      return !info.named;
    case "watch":
      // The legacy path says `watch` whatever the method.
      return method === "GET";
    case "create":
      if (info.subresource !== "") return info.named;
      return !info.named && inNamespace(route, info);
    case "deletecollection":
      return !info.named && inNamespace(route, info);
    default:
      return info.named;
  }
}

function inNamespace(route: ResourceRoute, info: ParsedRequestInfo): boolean {
  return !route.resource.descriptor.namespaced || info.scoped;
}

function checkSegment(what: string, value: string): void {
  if (isPathSegment(value)) return;
  const why = value === "." || value === ".." ? `may not be '${value}'` : "may not contain '%'";
  throw StatusError.badRequest(`${what} parameter invalid: ${JSON.stringify(value)}: ${why}`);
}
