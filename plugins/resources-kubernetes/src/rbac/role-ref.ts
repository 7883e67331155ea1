import { Field } from "@quarterdeck/sdk";

/** The API group of roles and bindings. */
export const RBAC_GROUP = "rbac.authorization.k8s.io";

/** The role that a binding gives. */
export class RoleRef {
  @Field({ proto: 1, description: "Group of the role; rbac.authorization.k8s.io." })
  apiGroup!: string;

  @Field({ proto: 2, required: true, description: "Role or ClusterRole." })
  kind!: string;

  @Field({ proto: 3, required: true, description: "Name of the role." })
  name!: string;
}

/** A reference with what the client left out, so that validation says what is missing in upstream's words. */
export function defaultRoleRef(given: RoleRef | undefined): RoleRef {
  const { apiGroup = "", kind = "", name = "" } = given ?? {};
  return { apiGroup: apiGroup === "" ? RBAC_GROUP : apiGroup, kind, name };
}
