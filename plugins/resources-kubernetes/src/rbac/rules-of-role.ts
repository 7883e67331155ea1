import { type PlainRule, rulesOf, StatusError } from "@quarterdeck/meta";
import { Client, type HookContext } from "@quarterdeck/sdk";
import { RBAC_GROUP, type RoleRef } from "./role-ref.js";

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
  return rulesOf(await client.resource({ group: RBAC_GROUP, resource }).get(address));
}
