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
function subjectsColumn(name: string, kind: string, description: string): ColumnOptions {
  return { name, type: "string", priority: 1, description, value: (object) => subjectsOf(object, kind) };
}

export const USERS_COLUMN = subjectsColumn("Users", "User", "Users that get the role");

export const GROUPS_COLUMN = subjectsColumn("Groups", "Group", "Groups that get the role");

/** As namespace and name. */
export const SERVICE_ACCOUNTS_COLUMN = subjectsColumn(
  "ServiceAccounts",
  "ServiceAccount",
  "Service accounts that get the role",
);
