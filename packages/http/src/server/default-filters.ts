import type { Logger } from "@quarterdeck/sdk";
import type { NamedFilter } from "../chain/named-filter.js";
import { AUDIT_PASS_THROUGH, Audit } from "../filters/audit.js";
import { Authentication } from "../filters/authentication.js";
import type { Authenticators } from "../filters/authenticators.js";
import { Authorization } from "../filters/authorization.js";
import type { Authorizers } from "../filters/authorizers.js";
import { Cors } from "../filters/cors.js";
import { IMPERSONATION_PASS_THROUGH, Impersonation } from "../filters/impersonation.js";
import { MAX_IN_FLIGHT_PASS_THROUGH, MaxInFlight } from "../filters/max-in-flight.js";
import { PanicRecovery } from "../filters/panic-recovery.js";
import { RequestInfoFilter } from "../filters/request-info.js";
import { TimeoutFilter } from "../filters/timeout.js";
import { WaitGroupFilter } from "../filters/wait-group.js";
import type { ApiServerSettings } from "./api-server-settings.js";
import type { WaitGroup } from "./wait-group.js";

/** What the default filters need. */
export interface FilterServices {
  readonly authenticators: Authenticators;
  readonly authorizers: Authorizers;
  readonly waitGroup: WaitGroup;
  readonly settings: ApiServerSettings;
  readonly logger: Logger;
  /** What keeps many requests from being too many. */
  readonly flowControl?: NamedFilter;
}

const SOURCE = "default";

/** The chain before any edit: the filters of upstream's default chain in its order. */
export function defaultFilters(services: FilterServices): readonly NamedFilter[] {
  const { settings, logger } = services;
  const authentication = new Authentication(services.authenticators, logger, settings);
  return [
    { name: "panic-recovery", source: SOURCE, filter: new PanicRecovery(logger) },
    { name: "request-info", source: SOURCE, filter: new RequestInfoFilter() },
    { name: "wait-group", source: SOURCE, filter: new WaitGroupFilter(services.waitGroup) },
    { name: "timeout", source: SOURCE, filter: new TimeoutFilter(settings.requestTimeoutSeconds, logger) },
    { name: "cors", source: SOURCE, filter: new Cors(settings.corsAllowedOrigins) },
    { name: "authentication", source: SOURCE, filter: authentication },
    { name: "audit", source: SOURCE, filter: new Audit(), passThrough: AUDIT_PASS_THROUGH },
    { name: "impersonation", source: SOURCE, filter: new Impersonation(), passThrough: IMPERSONATION_PASS_THROUGH },
    services.flowControl ?? {
      name: "max-in-flight",
      source: SOURCE,
      filter: new MaxInFlight(),
      passThrough: MAX_IN_FLIGHT_PASS_THROUGH,
    },
    { name: "authorization", source: SOURCE, filter: new Authorization(services.authorizers) },
  ];
}
