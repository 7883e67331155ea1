import type { UserInfo } from "@quarterdeck/meta";
import type { HeaderLines } from "./header-lines.js";

/** The names of headers in lower case. */
export interface UserHeaders {
  readonly usernames: readonly string[];
  readonly uids: readonly string[];
  readonly groups: readonly string[];
  readonly extraPrefixes: readonly string[];
}

/** A key that is not well encoded is taken as it stands, so that it is not lost. */
function decodeKey(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

/** The user whom the headers name; undefined when they name none. Only for the headers of a front proxy. */
export function headerUser(lines: HeaderLines, headers: UserHeaders): UserInfo | undefined {
  const name = lines.first(headers.usernames);
  if (name === "") return undefined;
  const uid = lines.first(headers.uids);
  // Keys are the caller's words: a map, so that none of them means something to an object.
  const extra = new Map<string, string[]>();
  for (const prefix of headers.extraPrefixes) {
    for (const [rest, values] of lines.beginningWith(prefix)) {
      const key = decodeKey(rest);
      extra.set(key, [...(extra.get(key) ?? []), ...values]);
    }
  }
  return {
    name,
    ...(uid === "" ? {} : { uid }),
    groups: lines.all(headers.groups),
    ...(extra.size === 0 ? {} : { extra: Object.fromEntries(extra) }),
  };
}
