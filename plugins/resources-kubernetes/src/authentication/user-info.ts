import type { UserInfo as User } from "@quarterdeck/meta";
import type { UserInfo } from "../types/authentication-v1.js";

/** The wire form of a user: empty parts are left out. */
export function userInfoOf({ name, uid, groups, extra = {} }: User): UserInfo {
  const entries = Object.entries(extra).map(([key, values]): [string, string[]] => [key, [...values]]);
  return {
    ...(name === "" ? {} : { username: name }),
    ...(uid === undefined || uid === "" ? {} : { uid }),
    ...(groups.length === 0 ? {} : { groups: [...groups] }),
    ...(entries.length === 0 ? {} : { extra: Object.fromEntries(entries) }),
  };
}
