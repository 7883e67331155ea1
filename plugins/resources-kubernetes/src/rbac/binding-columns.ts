import { isJsonObject, type KubeObject } from "@quarterdeck/meta";
import type { ColumnOptions } from "@quarterdeck/sdk";

function subjectsOf(object: KubeObject, kind: string): string {
  const subjects = Array.isArray(object.subjects) ? object.subjects.filter(isJsonObject) : [];
  return subjects
    .filter((one) => one.kind === kind)
    .map(({ name, namespace }) => (kind === "ServiceAccount" ? `${namespace ?? ""}/${name}` : String(name)))
    .join(", ");
}

/** The columns of bindings, but for name and age. */
export const ROLE_COLUMN: ColumnOptions = {
  name: "Role",
  type: "string",
  description: "The role that is given",
  value: ({ roleRef }) => {
    const { kind = "", name = "" } = Object(roleRef);
    return `${kind}/${name}`;
  },
};

/** Shown with `-o wide`. */
export const USERS_COLUMN: ColumnOptions = {
  name: "Users",
  type: "string",
  priority: 1,
  description: "Users that get the role",
  value: (object) => subjectsOf(object, "User"),
};

/** Shown with `-o wide`. */
export const GROUPS_COLUMN: ColumnOptions = {
  name: "Groups",
  type: "string",
  priority: 1,
  description: "Groups that get the role",
  value: (object) => subjectsOf(object, "Group"),
};

/** Shown with `-o wide`, as namespace and name. */
export const SERVICE_ACCOUNTS_COLUMN: ColumnOptions = {
  name: "ServiceAccounts",
  type: "string",
  priority: 1,
  description: "Service accounts that get the role",
  value: (object) => subjectsOf(object, "ServiceAccount"),
};
