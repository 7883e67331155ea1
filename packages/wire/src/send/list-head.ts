import type { VersionDescriptor } from "@quarterdeck/scheme";
import { escapeJson } from "../encode/escape-json.js";
import { listMetadata } from "../view/list-metadata.js";
import type { ListPage } from "./list-page.js";

/** A list in JSON up to and with the bracket that opens its items. */
export function listHead(version: VersionDescriptor, page: Omit<ListPage, "items">): string {
  const metadata = listMetadata(page.revision, page.continueToken, page.remainingItemCount);
  const head = { kind: version.listKind, apiVersion: version.apiVersion, metadata };
  return `${escapeJson(JSON.stringify(head)).slice(0, -1)},"items":[`;
}
