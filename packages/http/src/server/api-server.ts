import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { RegistryResource } from "@quarterdeck/registry";
import type { Logger } from "@quarterdeck/sdk";
import { AuditPipeline } from "../audit/audit-pipeline.js";
import { activeFilters, buildChain, type Chain } from "../chain/build-chain.js";
import { editChain, type FilterEdit } from "../chain/edit-chain.js";
import type { NamedFilter } from "../chain/named-filter.js";
import { createDiscovery } from "../discovery/discovery-routes.js";
import { Dispatcher } from "../dispatch/dispatcher.js";
import { type FixedRoute, FixedRoutes, type PluginRoute } from "../dispatch/fixed-routes.js";
import { RouteTable } from "../dispatch/route-table.js";
import type { Authenticators } from "../filters/authenticators.js";
import type { Authorizers } from "../filters/authorizers.js";
import { OpenWatches } from "../handlers/open-watches.js";
import { WatchLanes } from "../handlers/watch-lane.js";
import type { HealthChecks } from "../health/health-checks.js";
import { HealthRoutes } from "../health/health-routes.js";
import { HistoryHandler } from "../history/history-handler.js";
import { DefenceMetrics } from "../metrics/defence-metrics.js";
import { filterMetrics } from "../metrics/filter-metrics.js";
import type { MetricRegistry } from "../metrics/metric-registry.js";
import { registerObjectMetrics } from "../metrics/object-metrics.js";
import { RequestMetrics } from "../metrics/request-metrics.js";
import { createOpenApi } from "../openapi/openapi-routes.js";
import { isClientAbort } from "../request/client-gone-error.js";
import { breakOff, isGone } from "../request/response-end.js";
import { type ServerContext, ServerContexts } from "../request/server-context.js";
import { dropUnreadBody } from "../request/unread-body.js";
import { KindTable } from "../transactions/kind-table.js";
import { TransactionHandler } from "../transactions/transaction-handler.js";
import type { ApiServerSettings } from "./api-server-settings.js";
import { defaultFilters } from "./default-filters.js";
import { type RouteLine, routeLines } from "./route-line.js";
import { sendBody } from "./send-body.js";
import { fixedPaths, serverPaths } from "./server-paths.js";
import { versionInfo } from "./version-info.js";
import { WaitGroup } from "./wait-group.js";

/** What an API server is made of; all of it is resolved at boot. */
export interface ApiServerOptions {
  readonly resources: readonly RegistryResource[];
  readonly authenticators: Authenticators;
  readonly authorizers: Authorizers;
  /** The filter that keeps many requests from being too many. */
  readonly flowControl?: NamedFilter;
  /** Changes to the default chain. */
  readonly edits: readonly FilterEdit[];
  readonly health: HealthChecks;
  readonly metrics: MetricRegistry;
  /** Who is told of requests; default: nobody. */
  readonly audit?: AuditPipeline;
  readonly logger: Logger;
  readonly settings: ApiServerSettings;
  /** `host:port` that `/api` names as the server's address. */
  readonly serverAddress?: () => string;
  /** Paths beside the resources that the owner of the server answers. */
  readonly routes?: readonly FixedRoute[];
  /** Paths that plugins answer; looked up at each request, so they may change. */
  readonly pluginRoutes?: ReadonlyMap<string, PluginRoute>;
}

/** The whole of a server but its sockets. */
export class ApiServer {
  /** The filters in order, edits applied. */
  readonly chain: readonly NamedFilter[];
  /** All that is served, for `describe`. */
  readonly routes: readonly RouteLine[];
  /** What is counted of connections and requests that are not gone on with. */
  readonly defence: DefenceMetrics;
  readonly #contexts: ServerContexts;
  readonly #waitGroup = new WaitGroup();
  readonly #watchGroup = new WaitGroup();
  readonly #watches = new OpenWatches();
  readonly #run: Chain;
  readonly #dispatcher: Dispatcher;
  readonly #logger: Logger;
  #stopping = false;

  /** Throws {@link ChainEditError} for an edit that cannot be made. */
  constructor(options: ApiServerOptions) {
    const { resources, authorizers, health, metrics, logger, settings } = options;
    this.#logger = logger;
    this.#contexts = new ServerContexts(settings.cbor === true);
    this.defence = new DefenceMetrics(metrics);
    const audit = options.audit ?? new AuditPipeline([], metrics, logger);
    const own = { waitGroup: this.#waitGroup, watchGroup: this.#watchGroup, defence: this.defence, audit };
    this.chain = editChain(defaultFilters({ ...options, ...own }), options.edits);
    const active = activeFilters(this.chain);
    this.#run = buildChain(active, filterMetrics(metrics, active));
    const requests = new RequestMetrics(metrics);
    registerObjectMetrics(metrics, resources);
    const table = new RouteTable(resources, requests);
    const descriptors = resources.map((resource) => resource.descriptor);
    const transactions =
      settings.transactions === true
        ? new TransactionHandler(new KindTable(table), authorizers, settings.maxRequestBytes)
        : undefined;
    const paths = {
      transactions,
      history: new HistoryHandler(table, authorizers),
      routes: options.routes ?? [],
      pluginRoutes: options.pluginRoutes ?? new Map(),
      checks: health,
      health: new HealthRoutes(health, logger),
      metrics,
      discovery: createDiscovery(descriptors, options.serverAddress && { serverAddress: options.serverAddress }),
      openapi: createOpenApi(descriptors, {
        title: "Quarterdeck",
        version: versionInfo().gitVersion,
        cbor: settings.cbor === true,
      }),
    };
    health.add({ name: "shutdown", endpoints: ["readyz"], check: () => this.#checkStopping() });
    this.routes = routeLines(table, fixedPaths(paths));
    const services = {
      maxRequestBytes: settings.maxRequestBytes,
      authorizers,
      watches: this.#watches,
      lanes: new WatchLanes(),
      metrics: requests,
    };
    this.#dispatcher = new Dispatcher(table, new FixedRoutes(serverPaths(paths), paths.pluginRoutes), services, logger);
  }

  /** The request listener of an HTTP/1.1 or HTTP/2 server. */
  readonly callback = (
    req: IncomingMessage | Http2ServerRequest,
    res: ServerResponse | Http2ServerResponse,
  ): Promise<void> => {
    const context = this.#contexts.create(req, res);
    return this.#run(context, () => this.#dispatcher.dispatch(context)).then(
      () => this.#conclude(context),
      (error: unknown) => this.#abandon(context, error),
    );
  };

  /** How many requests run now, long-running ones aside. */
  get running(): number {
    return this.#waitGroup.running;
  }

  /** Fails `/readyz` from now on, and serves everything as before: load balancers get to know before clients do. */
  announceStop(): void {
    this.#stopping = true;
  }

  /**
   * Refuses new requests, ends the watches cleanly and resolves when all running requests are answered. With a grace the
   * watches end one after the other over so many seconds, and those that have not ended by then are not waited for.
   */
  async drain(watchGraceSeconds = 0): Promise<void> {
    this.announceStop();
    const drained = this.#waitGroup.drain();
    const watches = this.#watchGroup.drain();
    if (watchGraceSeconds <= 0) this.#watches.endAll();
    else await this.#watches.endOver(watchGraceSeconds, watches);
    return drained;
  }

  #conclude(context: ServerContext): void | Promise<void> {
    if (!context.res.headersSent) {
      return sendBody(context).then(
        () => dropUnreadBody(context),
        (error: unknown) => this.#abandon(context, error),
      );
    }
    dropUnreadBody(context);
  }

  /** Only a chain without panic-recovery, or a failure of that filter itself, comes here. */
  #abandon(context: ServerContext, error: unknown): void {
    if (isGone(context.res) || isClientAbort(error)) return;
    this.#logger.error("a request failed outside of panic-recovery", { path: context.path, error });
    breakOff(context.res);
  }

  #checkStopping(): void {
    if (this.#stopping) throw new Error("process is shutting down");
  }
}

/** Makes the server of a config. */
export function createApiServer(options: ApiServerOptions): ApiServer {
  return new ApiServer(options);
}
