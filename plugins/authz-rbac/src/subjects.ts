import { isJsonObject, type KubeObject, type UserInfo } from "@quarterdeck/meta";

/** A subject of a binding: whom it is about, and how a reason calls it. */
export interface Subject {
  /** `user:alice` or `group:devs`; a service account is the user that it is. */
  readonly key: string;
  /** `Group "devs"`. */
  readonly text: string;
}

/** The key of a user by name. */
function userKey(name: string): string {
  return `user:${name}`;
}

/** The key of a group. */
function groupKey(name: string): string {
  return `group:${name}`;
}

/** The keys of subjects that mean a user. */
export function keysOf(user: UserInfo): Set<string> {
  return new Set([userKey(user.name), ...user.groups.map(groupKey)]);
}

/** The subjects of a binding; those of an unknown kind, and service accounts without a namespace, are nobody. */
export function subjectsOf(binding: KubeObject): Subject[] {
  const subjects = Array.isArray(binding.subjects) ? binding.subjects.filter(isJsonObject) : [];
  const own = binding.metadata.namespace ?? "";
  return subjects.flatMap(({ kind, name, namespace }) => {
    if (typeof name !== "string") return [];
    if (kind === "User") return [{ key: userKey(name), text: `User ${JSON.stringify(name)}` }];
    if (kind === "Group") return [{ key: groupKey(name), text: `Group ${JSON.stringify(name)}` }];
    const home = typeof namespace === "string" && namespace !== "" ? namespace : own;
    if (kind !== "ServiceAccount" || home === "") return [];
    // The order of name and namespace in the text is upstream's.
    const text = `ServiceAccount ${JSON.stringify(`${name}/${home}`)}`;
    return [{ key: userKey(`system:serviceaccount:${home}:${name}`), text }];
  });
}
