import type { UserInfo } from "@quarterdeck/meta";

const AUTHENTICATED_GROUP = "system:authenticated";
const UNAUTHENTICATED_GROUP = "system:unauthenticated";
const ANONYMOUS = "system:anonymous";

/** True for callers whom nobody vouches for. */
export function isAnonymous(user: UserInfo): boolean {
  return user.name === ANONYMOUS || user.groups.includes(UNAUTHENTICATED_GROUP);
}

/** Adds the group of all known users; made once for each user that an authenticator gives again and again. */
export class AuthenticatedUsers {
  readonly #known = new WeakMap<UserInfo, UserInfo>();

  complete(user: UserInfo): UserInfo {
    if (isAnonymous(user) || user.groups.includes(AUTHENTICATED_GROUP)) return user;
    let complete = this.#known.get(user);
    if (complete === undefined) {
      complete = Object.freeze({ ...user, groups: Object.freeze([...user.groups, AUTHENTICATED_GROUP]) });
      this.#known.set(user, complete);
    }
    return complete;
  }
}
