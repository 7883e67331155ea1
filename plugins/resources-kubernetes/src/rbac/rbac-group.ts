/** The API group of roles and bindings. */
export const RBAC_GROUP = "rbac.authorization.k8s.io";
