import { parseFieldSelector, parseLabelSelector, SelectorError, StatusError } from "@quarterdeck/meta";
import { queryFlag, queryInteger } from "./query-values.js";
import type { ReadQuery } from "./read-query.js";

/** Clients repeat their queries word for word; this many are remembered, none longer than the other bound. */
const REMEMBERED = 512;
const LONGEST = 2048;
const parsed = new Map<string, ReadQuery>();

function readSelector<T>(parse: (text: string) => T, text: string | null): T | undefined {
  if (text === null || text === "") return undefined;
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof SelectorError) throw StatusError.badRequest(error.message);
    throw error;
  }
}

function parse(query: URLSearchParams): ReadQuery {
  const match = query.get("resourceVersionMatch") ?? "";
  const known = match === "Exact" || match === "NotOlderThan" ? match : undefined;
  return {
    watch: queryFlag(query, "watch") ?? false,
    labelSelector: readSelector(parseLabelSelector, query.get("labelSelector")),
    fieldSelector: readSelector(parseFieldSelector, query.get("fieldSelector")),
    limit: Math.max(0, queryInteger(query, "limit") ?? 0),
    continueToken: query.get("continue") ?? "",
    resourceVersion: query.get("resourceVersion") ?? "",
    resourceVersionMatch: known,
    unknownMatch: known === undefined ? match : "",
    sendInitialEvents: queryFlag(query, "sendInitialEvents"),
    allowWatchBookmarks: queryFlag(query, "allowWatchBookmarks") ?? false,
    timeoutSeconds: queryInteger(query, "timeoutSeconds"),
  };
}

/**
 * Reads the query of a get, list, watch or deletecollection; unknown parameters are left alone. 400 BadRequest for a
 * selector or number that cannot be read. Whether the options go together is for the verb to say.
 */
export function parseListQuery(query: string | URLSearchParams): ReadQuery {
  const text = typeof query === "string" ? query : query.toString();
  const remembered = parsed.get(text);
  if (remembered !== undefined) return remembered;
  const read = parse(typeof query === "string" ? new URLSearchParams(query) : query);
  // A continue token is used once and a revision seldom twice: they would only push out what is asked again.
  const lasting = read.continueToken === "" && (read.resourceVersion === "" || read.resourceVersion === "0");
  if (!lasting || text.length > LONGEST) return read;
  if (parsed.size >= REMEMBERED) {
    const oldest = parsed.keys().next();
    if (oldest.done !== true) parsed.delete(oldest.value);
  }
  parsed.set(text, read);
  return read;
}
