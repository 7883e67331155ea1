import { StatusError } from "@quarterdeck/meta";
import { parseListQuery } from "@quarterdeck/registry";

/** How many states are told when the request does not say, and at most. */
const DEFAULT_LIMIT = 100;
const MOST = 500;

/** What a request for the history of an object asks for. */
export interface HistoryQuery {
  readonly group: string;
  readonly resource: string;
  /** Empty: the version that the server prefers. */
  readonly version: string;
  readonly namespace: string;
  readonly name: string;
  readonly limit: number;
  /** Only states older than this revision. */
  readonly before: number | undefined;
}

/** Reads the query of `/quarterdeck/v1/history`; 400 BadRequest for what is missing or cannot be read. */
export function readHistoryQuery(query: URLSearchParams): HistoryQuery {
  const text = (name: string): string => query.get(name) ?? "";
  const needed = (name: string): string => {
    if (text(name) === "") throw StatusError.badRequest(`the query must say ${name}`);
    return text(name);
  };
  const { limit } = parseListQuery(query);
  const before = text("before");
  if (before !== "" && !/^[1-9]\d{0,14}$/.test(before)) {
    throw StatusError.badRequest(`before must be a resourceVersion: ${JSON.stringify(before.slice(0, 64))}`);
  }
  return {
    resource: needed("resource"),
    group: text("group"),
    version: text("version"),
    namespace: text("namespace"),
    name: needed("name"),
    limit: limit === 0 ? DEFAULT_LIMIT : Math.min(limit, MOST),
    before: before === "" ? undefined : Number(before),
  };
}
