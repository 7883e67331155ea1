import { ClusterRoleAggregation } from "./clusterrole-aggregation.js";
import type { ControllerName } from "./controller-names.js";
import type { ControllerTools } from "./controller-tools.js";
import { csrApproving } from "./csr-approving.js";
import { CsrCleaner } from "./csr-cleaner.js";
import { csrSigning } from "./csr-signing.js";
import { NamespaceController } from "./namespace-controller.js";

/** A loop beside the requests: it works from its start, when all stores are filled, until its stop. */
export interface Controller {
  start(): Promise<void>;
  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void>;
}

const MAKERS: { readonly [name in ControllerName]: (tools: ControllerTools) => Controller } = {
  namespace: (tools) => new NamespaceController(tools),
  "clusterrole-aggregation": (tools) => new ClusterRoleAggregation(tools),
  "csr-approving": (tools) => csrApproving(tools),
  "csr-signing": (tools) => csrSigning(tools),
  "csr-cleaner": (tools) => new CsrCleaner(tools),
};

/** The controllers of the given names, which are still to be started. */
export function makeControllers(names: readonly ControllerName[], tools: ControllerTools): readonly Controller[] {
  return names.map((name) => MAKERS[name](tools));
}
