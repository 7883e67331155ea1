import type { UserInfo } from "@quarterdeck/meta";

const GROUP = "system:nodes";
const PREFIX = "system:node:";

/** The node that a user is; empty for one of the group whose name says no node, undefined for everybody else. */
export function nodeOf({ name, groups }: UserInfo): string | undefined {
  if (!groups.includes(GROUP)) return undefined;
  // Upstream asks for the prefix first: whoever has another name is no node, whatever the group.
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined;
}
