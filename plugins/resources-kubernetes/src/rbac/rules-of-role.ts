import { type PlainRule, rulesOf, StatusError } from "@quarterdeck/meta";
import { Client, type HookContext } from "@quarterdeck/sdk";
import type { RoleRef } from "../types/rbac-v1.js";
import { RBAC_GROUP } from "./rbac-group.js";

/** The rules of a role as it is now; 404 when there is none. `namespace` is that of the binding. */
export async function rulesOfRole(
  context: HookContext,
  { kind, name }: RoleRef,
  namespace: string,
): Promise<readonly PlainRule[]> {
  const client = context.services.find(Client);
  if (client === undefined) throw StatusError.internal(new Error("roles cannot be read here"));
  if (kind !== "Role" && kind !== "ClusterRole")
    throw StatusError.internal(new Error(`unsupported role reference kind: ${JSON.stringify(kind)}`));
  const resource = kind === "Role" ? "roles" : "clusterroles";
  const address = kind === "Role" ? { name, namespace } : { name };
  const reference = { group: RBAC_GROUP, resource };
  // A role that the same transaction makes cannot be read yet; one that it deletes is bound to nothing.
  const staged = context.staged?.(reference, address);
  if (staged === null) throw StatusError.notFound(reference, name);
  if (staged !== undefined) return rulesOf(staged);
  return rulesOf(await client.resource(reference).get(address));
}
