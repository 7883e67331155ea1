import type { RegistryResource } from "@quarterdeck/registry";
import type { Logger } from "@quarterdeck/sdk";
import type { ObjectObservers } from "../client/object-observers.js";
import type { ResolvedServer } from "../config/resolved-config.js";

/** What controllers work with. */
export interface ControllerTools {
  /** All that are served. */
  readonly resources: readonly RegistryResource[];
  readonly logger: Logger;
  readonly observers: ObjectObservers;
  readonly server: ResolvedServer;
}
