import type { RegistryResource } from "@quarterdeck/registry";
import type { Logger } from "@quarterdeck/sdk";
import { ClusterRoleAggregation } from "./clusterrole-aggregation.js";
import type { ControllerName } from "./controller-names.js";
import { NamespaceController } from "./namespace-controller.js";

/** A loop beside the requests: it works from its start, when all stores are filled, until its stop. */
export interface Controller {
  start(): Promise<void>;
  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void>;
}

const MAKERS: {
  readonly [name in ControllerName]: (resources: readonly RegistryResource[], logger: Logger) => Controller;
} = {
  namespace: (resources, logger) => new NamespaceController(resources, logger),
  "clusterrole-aggregation": (resources, logger) => new ClusterRoleAggregation(resources, logger),
};

/** The controllers of the given names, which are still to be started. */
export function makeControllers(
  names: readonly ControllerName[],
  resources: readonly RegistryResource[],
  logger: Logger,
): readonly Controller[] {
  return names.map((name) => MAKERS[name](resources, logger));
}
