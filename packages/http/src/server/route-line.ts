import type { RouteTable } from "../dispatch/route-table.js";
import { TRANSACTIONS_PATH } from "../transactions/transaction-handler.js";

/** One route as `describe` prints it. */
export interface RouteLine {
  /** `/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale`, or a fixed path. */
  readonly path: string;
  /** The verbs that RBAC knows; those of the method for a fixed path. */
  readonly verbs: readonly string[];
  /** Empty for a fixed path. */
  readonly kind: string;
  /** Where the resource is from; empty for a fixed path. */
  readonly source: string;
}

/** The routes of all resources, sorted by path. */
export function routeLines(table: RouteTable, fixed: readonly string[]): readonly RouteLine[] {
  const lines: RouteLine[] = fixed.map((path) => {
    return { path, verbs: [path === TRANSACTIONS_PATH ? "post" : "get"], kind: "", source: "" };
  });
  for (const { resource, version, subresource, actions } of table) {
    const { descriptor } = resource;
    const prefix = version.group === "" ? "/api" : "/apis";
    const scope = descriptor.namespaced ? "/namespaces/{namespace}" : "";
    const below = subresource === "" ? "" : `/{name}/${subresource}`;
    const path = `${prefix}/${version.apiVersion}${scope}/${descriptor.resource}${below}`;
    lines.push({ path, verbs: [...actions.keys()], kind: version.kind, source: descriptor.source });
  }
  return lines.sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
}
