import { StatusError } from "@quarterdeck/meta";
import type { RequestContext } from "@quarterdeck/sdk";

/** Who a request asks to be made as: what its headers say, nothing filled in. */
export interface WantedUser {
  readonly name: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: ReadonlyMap<string, readonly string[]>;
}

const PREFIX = "impersonate-";
const EXTRA = "impersonate-extra-";

/** True when a request carries a header that {@link takeWantedUser} reads or that looks like one. */
export function namesAnotherUser(headers: RequestContext["req"]["headers"]): boolean {
  for (const name in headers) if (name.startsWith(PREFIX)) return true;
  return false;
}

/**
 * Reads the `Impersonate-*` headers and takes them off the request, so that nobody behind can tell; undefined when they name
 * no user. Throws 400 for groups, uid or extra of nobody. The raw headers are read, since Node joins the values of a header
 * that comes several times, and a group may have a comma in its name.
 */
export function takeWantedUser({ req }: RequestContext): WantedUser | undefined {
  const groups: string[] = [];
  const extra = new Map<string, string[]>();
  let user: string | undefined;
  let uid: string | undefined;
  for (let index = 0; index + 1 < req.rawHeaders.length; index += 2) {
    const name = req.rawHeaders[index]?.toLowerCase() ?? "";
    if (!name.startsWith(PREFIX)) continue;
    const value = utf8(req.rawHeaders[index + 1] ?? "");
    if (name === "impersonate-user") user ??= value;
    else if (name === "impersonate-uid") uid ??= value;
    else if (name === "impersonate-group") groups.push(value);
    else if (name.startsWith(EXTRA)) addExtra(extra, name.slice(EXTRA.length), value);
  }
  const wanted = { name: user ?? "", uid: uid ?? "", groups, extra };
  if (wanted.name !== "") {
    removeHeaders(req);
    return wanted;
  }
  if (wanted.uid === "" && groups.length === 0 && extra.size === 0) return undefined;
  throw StatusError.badRequest(`requested ${goText(wanted)} without impersonating a user name`);
}

function addExtra(extra: Map<string, string[]>, escaped: string, value: string): void {
  const key = unescapeKey(escaped);
  const values = extra.get(key);
  if (values === undefined) extra.set(key, [value]);
  else values.push(value);
}

/** Keys are percent-encoded, since header names have no case and few characters; one that is not well encoded is taken as it is. */
function unescapeKey(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Node gives the bytes of a header as latin1. */
function utf8(text: string): string {
  return Buffer.from(text, "latin1").toString("utf8");
}

function removeHeaders({ headers, rawHeaders }: RequestContext["req"]): void {
  for (const name in headers) if (name.startsWith(PREFIX)) delete headers[name];
  const kept = rawHeaders.filter((_, index, all) => !all[index - (index % 2)]?.toLowerCase().startsWith(PREFIX));
  rawHeaders.splice(0, rawHeaders.length, ...kept);
}

/** The user as upstream's message has it, which is Go's notation of the struct. */
function goText({ name, uid, groups, extra }: WantedUser): string {
  const quoted = (text: string): string => JSON.stringify(text);
  const list = (texts: readonly string[]): string =>
    texts.length === 0 ? "[]string(nil)" : `[]string{${texts.map(quoted).join(", ")}}`;
  const entries = [...extra].sort(([one], [other]) => (one < other ? -1 : 1));
  const pairs = entries.map(([key, values]) => `${quoted(key)}:${list(values)}`);
  const map = extra.size === 0 ? "map[string][]string(nil)" : `map[string][]string{${pairs.join(", ")}}`;
  return `&user.DefaultInfo{Name:${quoted(name)}, UID:${quoted(uid)}, Groups:${list(groups)}, Extra:${map}}`;
}
