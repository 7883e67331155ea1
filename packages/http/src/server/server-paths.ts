import { StatusError } from "@quarterdeck/meta";
import { sendBytes, sendJson } from "@quarterdeck/wire";
import type { DiscoveryRoutes } from "../discovery/discovery-routes.js";
import type { FixedRoute, PluginRoute } from "../dispatch/fixed-routes.js";
import type { HealthChecks, HealthEndpoint } from "../health/health-checks.js";
import type { HealthRoutes } from "../health/health-routes.js";
import { HISTORY_PATH, type HistoryHandler } from "../history/history-handler.js";
import type { MetricRegistry } from "../metrics/metric-registry.js";
import type { OpenApiRoutes } from "../openapi/openapi-routes.js";
import { TRANSACTIONS_PATH, type TransactionHandler } from "../transactions/transaction-handler.js";
import { versionInfo } from "./version-info.js";

const ENDPOINTS: readonly HealthEndpoint[] = ["healthz", "livez", "readyz"];

/** What answers the paths that are no resources. */
export interface ServerPathServices {
  readonly checks: HealthChecks;
  readonly health: HealthRoutes;
  readonly metrics: MetricRegistry;
  readonly discovery: DiscoveryRoutes;
  readonly openapi: OpenApiRoutes;
  /** Undefined where the config has not switched transactions on. */
  readonly transactions: TransactionHandler | undefined;
  readonly history: HistoryHandler;
  /** What the owner of the server adds. */
  readonly routes: readonly FixedRoute[];
  /** What plugins answer; it may change at any time. */
  readonly pluginRoutes: ReadonlyMap<string, PluginRoute>;
}

/** The fixed routes of an API server. */
export function serverPaths(services: ServerPathServices): readonly FixedRoute[] {
  const { health, metrics, discovery, openapi } = services;
  const version = versionInfo();
  return [
    { path: "/", anyMethod: true, handle: (context) => sendJson(context, 200, { paths: listedPaths(services) }) },
    { path: "/version", handle: (context) => sendJson(context, 200, version) },
    {
      path: "/metrics",
      anyMethod: true,
      async handle(context) {
        const text = await metrics.render();
        await sendBytes(context, 200, { "Content-Type": metrics.contentType }, Buffer.from(text));
      },
    },
    ...ENDPOINTS.flatMap((endpoint): FixedRoute[] => [
      { path: `/${endpoint}`, anyMethod: true, handle: (context) => health.answerAll(context, endpoint) },
      // Names of checks have slashes: `poststarthook/x`.
      {
        path: `/${endpoint}/*check`,
        anyMethod: true,
        handle: (context, name) => health.answerOne(context, endpoint, name),
      },
    ]),
    ...ownRoutes(services),
    // These know their own paths and methods.
    ...["/api", "/api/:version", "/apis", "/apis/:group", "/apis/:group/:version"].map(
      (path): FixedRoute => ({ path, anyMethod: true, handle: (context) => discovery.handle(context) }),
    ),
    ...["/openapi/v2", "/openapi/v3", "/openapi/v3/*name"].map(
      (path): FixedRoute => ({ path, anyMethod: true, handle: (context) => openapi.handle(context) }),
    ),
  ];
}

/** What upstream does not have. */
function ownRoutes({ transactions, history, routes }: ServerPathServices): readonly FixedRoute[] {
  return [
    ...(transactions === undefined ? [] : [transactionRoute(transactions)]),
    { path: HISTORY_PATH, handle: (context) => history.handle(context) },
    ...routes,
  ];
}

function transactionRoute(transactions: TransactionHandler): FixedRoute {
  return {
    path: TRANSACTIONS_PATH,
    anyMethod: true,
    handle(context) {
      if (context.method !== "POST") throw StatusError.methodNotAllowed();
      return transactions.handle(context);
    },
  };
}

/** All fixed paths, sorted. */
export function fixedPaths(services: ServerPathServices): readonly string[] {
  return [...listedPaths(services), ...ownRoutes(services).map(({ path }) => path)].sort();
}

/** What `/` lists, sorted: what upstream lists for what is served, so that nobody takes our own paths for an API. */
function listedPaths({ checks, discovery, openapi, pluginRoutes }: ServerPathServices): readonly string[] {
  const health = ENDPOINTS.flatMap((endpoint) => [
    `/${endpoint}`,
    ...checks.of(endpoint).map((check) => `/${endpoint}/${check.name}`),
  ]);
  const plugins = [...pluginRoutes].filter(([, { listed }]) => listed).map(([path]) => path);
  return [...health, ...plugins, ...discovery.paths, ...openapi.paths, "/metrics", "/version"].sort();
}
