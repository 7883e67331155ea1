import { StatusError } from "@quarterdeck/meta";
import { nameOfFieldSelector } from "./field-selector-name.js";
import { ParsedRequestInfo } from "./parsed-request-info.js";

const SLASH = 47;

/**
 * Reads what a request asks for, following upstream's `RequestInfoFactory.NewRequestInfo`. `path` is still
 * percent-encoded and is decoded as a whole, so an encoded slash separates. Throws 400 for an encoding that cannot be
 * decoded and 500 for a `/watch/` or `/proxy/` without anything behind it.
 */
export function parseRequestInfo(method: string, path: string, query: URLSearchParams | undefined): ParsedRequestInfo {
  const decoded = path.includes("%") ? decodePath(path) : path;
  const info = new ParsedRequestInfo(decoded);
  let start = 0;
  let end = decoded.length;
  while (start < end && decoded.charCodeAt(start) === SLASH) start++;
  while (end > start && decoded.charCodeAt(end - 1) === SLASH) end--;
  const rest = readGroupVersion(info, start, end);
  if (rest === -1) {
    info.verb = method === "GET" ? "get" : method.toLowerCase();
    return info;
  }
  info.isResourceRequest = true;
  readResource(info, method, rest, end);
  if (info.name === "" && info.verb === "get") readCollectionVerb(info, query);
  else if (info.name === "" && info.verb === "delete") info.verb = "deletecollection";
  if (query !== undefined && !info.legacyVerb && selects(info.verb)) {
    info.fieldSelector = query.get("fieldSelector") ?? "";
    info.labelSelector = query.get("labelSelector") ?? "";
  }
  return info;
}

/** Gives where the path goes on behind the version, or -1 when it is no resource path. */
function readGroupVersion(info: ParsedRequestInfo, start: number, end: number): number {
  const { path } = info;
  const prefixEnd = segmentEnd(path, start, end);
  const prefix = path.slice(start, prefixEnd);
  if ((prefix !== "api" && prefix !== "apis") || prefixEnd === end) return -1;
  let at = prefixEnd + 1;
  let group = "";
  if (prefix === "apis") {
    const groupEnd = segmentEnd(path, at, end);
    if (groupEnd === end) return -1;
    group = path.slice(at, groupEnd);
    at = groupEnd + 1;
  }
  const versionEnd = segmentEnd(path, at, end);
  if (versionEnd === end) return -1;
  info.apiPrefix = prefix;
  info.apiGroup = group;
  info.apiVersion = path.slice(at, versionEnd);
  return versionEnd + 1;
}

function readResource(info: ParsedRequestInfo, method: string, rest: number, end: number): void {
  const { path } = info;
  let at = rest;
  let stop = segmentEnd(path, at, end);
  let first = path.slice(at, stop);
  if (first === "watch" || first === "proxy") {
    if (stop === end) {
      throw StatusError.internal(new Error(`unable to determine kind and namespace from url, ${path}`));
    }
    info.verb = first;
    info.legacyVerb = true;
    at = stop + 1;
    stop = segmentEnd(path, at, end);
    first = path.slice(at, stop);
  } else {
    info.verb = verbOf(method);
  }
  if (first === "namespaces" && stop < end) {
    const nameEnd = segmentEnd(path, stop + 1, end);
    info.namespace = path.slice(stop + 1, nameEnd);
    if (nameEnd < end) {
      const next = path.slice(nameEnd + 1, segmentEnd(path, nameEnd + 1, end));
      // These two are subresources of the namespace itself; anything else is a resource in it.
      if (next !== "status" && next !== "finalize") {
        at = nameEnd + 1;
        stop = at + next.length;
        first = next;
        info.scoped = true;
      }
    }
  }
  info.partsStart = at;
  info.partsEnd = end;
  info.resource = first;
  if (stop === end) return;
  const nameEnd = segmentEnd(path, stop + 1, end);
  info.name = path.slice(stop + 1, nameEnd);
  info.named = true;
  if (nameEnd === end) return;
  const subresourceEnd = segmentEnd(path, nameEnd + 1, end);
  if (info.verb !== "proxy") info.subresource = path.slice(nameEnd + 1, subresourceEnd);
  info.deeper = subresourceEnd < end;
}

function readCollectionVerb(info: ParsedRequestInfo, query: URLSearchParams | undefined): void {
  info.verb = "list";
  if (query === undefined) return;
  const watch = query.get("watch");
  // As upstream converts it: a bare `?watch` is true.
  if (watch !== null && watch !== "0" && watch.toLowerCase() !== "false") info.verb = "watch";
  const selector = query.get("fieldSelector");
  if (selector !== null) info.name = nameOfFieldSelector(selector);
}

function verbOf(method: string): string {
  switch (method) {
    case "GET":
    case "HEAD":
      return "get";
    case "POST":
      return "create";
    case "PUT":
      return "update";
    case "PATCH":
      return "patch";
    case "DELETE":
      return "delete";
    default:
      return "";
  }
}

function selects(verb: string): boolean {
  return verb === "list" || verb === "watch" || verb === "deletecollection";
}

function segmentEnd(path: string, from: number, end: number): number {
  const slash = path.indexOf("/", from);
  return slash === -1 || slash > end ? end : slash;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw StatusError.badRequest(`invalid URL escape in the path ${JSON.stringify(path)}`);
  }
}
