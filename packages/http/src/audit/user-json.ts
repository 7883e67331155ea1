import type { UserInfo } from "@quarterdeck/meta";
import { escapeJson } from "@quarterdeck/wire";

const known = new WeakMap<UserInfo, string>();

function write({ name, uid, groups, extra }: UserInfo): string {
  const filled = {
    username: name === "" ? undefined : name,
    uid: uid === "" ? undefined : uid,
    groups: groups.length === 0 ? undefined : groups,
    extra: extra === undefined || Object.keys(extra).length === 0 ? undefined : extra,
  };
  return escapeJson(JSON.stringify(filled));
}

/** A user as an audit event has it; written once for each user object. */
export function userJson(user: UserInfo): string {
  let json = known.get(user);
  if (json === undefined) {
    json = write(user);
    known.set(user, json);
  }
  return json;
}
