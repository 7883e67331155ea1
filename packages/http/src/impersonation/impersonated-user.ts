import type { UserInfo } from "@quarterdeck/meta";
import type { ImpersonationMode } from "./impersonation-mode.js";
import { nodeOf, serviceAccountGroups, serviceAccountOf } from "./system-user.js";
import type { WantedUser } from "./wanted-user.js";

const AUTHENTICATED = "system:authenticated";
const UNAUTHENTICATED = "system:unauthenticated";
const ANONYMOUS = "system:anonymous";

/** The user that a request goes on as: the wanted one with the groups that its name or its kind brings along. */
export function impersonatedUser(mode: ImpersonationMode, wanted: WantedUser): UserInfo {
  const { name, uid, extra } = wanted;
  return Object.freeze({
    name,
    ...(uid === "" ? {} : { uid }),
    groups: Object.freeze(withClass(name, groupsOf(mode, wanted))),
    ...(extra.size === 0 ? {} : { extra: Object.freeze(Object.fromEntries(extra)) }),
  });
}

function groupsOf(mode: ImpersonationMode, { name, groups }: WantedUser): readonly string[] {
  if (mode.constrained && nodeOf(name) !== undefined) return ["system:nodes"];
  const account = serviceAccountOf(name);
  return account !== undefined && groups.length === 0 ? serviceAccountGroups(account.namespace) : groups;
}

/** Everybody is either authenticated or not; whoever says neither is told by the name. */
function withClass(name: string, groups: readonly string[]): string[] {
  const unauthenticated = groups.includes(UNAUTHENTICATED);
  if (name === ANONYMOUS) return unauthenticated ? [...groups] : [...groups, UNAUTHENTICATED];
  return unauthenticated || groups.includes(AUTHENTICATED) ? [...groups] : [...groups, AUTHENTICATED];
}
