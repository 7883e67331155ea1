import type { RegistryResource } from "@quarterdeck/registry";
import type { VersionDescriptor } from "@quarterdeck/scheme";
import type { HandlerServices } from "../handlers/handler-services.js";
import type { RequestSeries } from "../metrics/request-metrics.js";
import type { ServerContext } from "../request/server-context.js";

/** Answers one verb on one resource or subresource; what it throws becomes the answer. */
export type Handler = (context: ServerContext, route: ResourceRoute, services: HandlerServices) => Promise<void>;

/** A verb of a route with what counts its requests. */
export interface Action {
  readonly handler: Handler;
  readonly series: RequestSeries;
}

/** A resource or one of its subresources in one served version. */
export interface ResourceRoute {
  readonly resource: RegistryResource;
  readonly version: VersionDescriptor;
  /** Empty for the resource itself. */
  readonly subresource: string;
  readonly actions: ReadonlyMap<string, Action>;
  /** True for a subresource whose path may go on, and which takes HEAD and OPTIONS too. */
  readonly proxied: boolean;
}
