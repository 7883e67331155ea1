import type { Filter, Logger } from "@quarterdeck/sdk";
import type { AuditPipeline } from "../audit/audit-pipeline.js";
import { FailedAuthenticationAudit } from "../audit/failed-authentication-audit.js";
import type { NamedFilter } from "../chain/named-filter.js";
import { Audit } from "../filters/audit.js";
import { AuditInit } from "../filters/audit-init.js";
import { Authentication } from "../filters/authentication.js";
import type { Authenticators } from "../filters/authenticators.js";
import { Authorization } from "../filters/authorization.js";
import type { Authorizers } from "../filters/authorizers.js";
import { CacheControl } from "../filters/cache-control.js";
import { Cors } from "../filters/cors.js";
import { Goaway } from "../filters/goaway.js";
import { Hsts } from "../filters/hsts.js";
import { Impersonation } from "../filters/impersonation.js";
import { PanicRecovery } from "../filters/panic-recovery.js";
import { RequestInfoFilter } from "../filters/request-info.js";
import { RetryAfter } from "../filters/retry-after.js";
import { TimeoutFilter } from "../filters/timeout.js";
import { Tracing } from "../filters/tracing.js";
import { WaitGroupFilter } from "../filters/wait-group.js";
import { WarningRecorder } from "../filters/warning-recorder.js";
import { WatchTermination } from "../filters/watch-termination.js";
import { ImpersonationMetrics } from "../impersonation/impersonation-metrics.js";
import type { DefenceMetrics } from "../metrics/defence-metrics.js";
import type { MetricRegistry } from "../metrics/metric-registry.js";
import type { ApiServerSettings } from "./api-server-settings.js";
import type { WaitGroup } from "./wait-group.js";

/** What the default filters need. */
export interface FilterServices {
  readonly authenticators: Authenticators;
  readonly authorizers: Authorizers;
  readonly waitGroup: WaitGroup;
  readonly watchGroup: WaitGroup;
  readonly metrics: MetricRegistry;
  readonly defence: DefenceMetrics;
  readonly audit: AuditPipeline;
  readonly settings: ApiServerSettings;
  readonly logger: Logger;
  /** What keeps many requests from being too many. */
  readonly flowControl?: NamedFilter;
}

const SOURCE = "default";

/** The chain before any edit: the filters of upstream's default chain in its order. */
export function defaultFilters(services: FilterServices): readonly NamedFilter[] {
  const { audit, authorizers, settings, logger, metrics, waitGroup, watchGroup } = services;
  const authentication = new Authentication(
    services.authenticators,
    logger,
    settings,
    new FailedAuthenticationAudit(audit),
  );
  const impersonation = new Impersonation(authorizers, new ImpersonationMetrics(metrics), logger);
  const hsts = settings.strictTransportSecurity ?? [];
  const chance = settings.goawayChance ?? 0;
  const origins = settings.corsAllowedOrigins;
  const grace = settings.shutdownWatchGraceSeconds ?? 0;
  return [
    named("audit-init", new AuditInit(audit)),
    named("panic-recovery", new PanicRecovery(logger)),
    named("request-info", new RequestInfoFilter()),
    switched(
      "retry-after",
      new RetryAfter(waitGroup),
      settings.shutdownSendRetryAfter === true,
      "shutdownSendRetryAfter",
    ),
    switched("hsts", new Hsts(hsts), hsts.length > 0, "strictTransportSecurity"),
    named("cache-control", new CacheControl()),
    switched("goaway", new Goaway(chance), chance > 0, "goawayChance"),
    switched("watch-termination", new WatchTermination(watchGroup), grace > 0, "shutdownWatchTerminationGrace"),
    named("wait-group", new WaitGroupFilter(waitGroup)),
    named("timeout", new TimeoutFilter(settings.requestTimeoutSeconds, logger, services.defence)),
    named("warning-recorder", new WarningRecorder()),
    switched("cors", new Cors(origins), origins.length > 0, "corsAllowedOrigins"),
    named("authentication", authentication),
    named("tracing", new Tracing()),
    on("audit", new Audit(audit), audit.sinks.length > 0, "audit.sinks"),
    named("impersonation", impersonation),
    ...(services.flowControl === undefined ? [] : [services.flowControl]),
    named("authorization", new Authorization(authorizers)),
  ];
}

function named(name: string, filter: Filter): NamedFilter {
  return { name, source: SOURCE, filter };
}

/** A filter that only a key of the `server` section switches on. */
function switched(name: string, filter: Filter, isOn: boolean, key: string): NamedFilter {
  return on(name, filter, isOn, `server.${key}`);
}

/** A filter that only something in the config switches on. */
function on(name: string, filter: Filter, isOn: boolean, path: string): NamedFilter {
  return isOn ? named(name, filter) : { ...named(name, filter), idle: `switched on by ${path}` };
}
