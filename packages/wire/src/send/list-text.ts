import type { JsonObject } from "@quarterdeck/meta";
import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import { encodeCborList } from "../cbor/encode-cbor.js";
import { encodeYaml, encodeYamlItems } from "../encode/encode-yaml.js";
import { prettyJson, prettyListItem } from "../encode/pretty-json.js";
import { versionBytes } from "../encode/version-bytes.js";
import type { EncodedObject } from "../encoded-object.js";
import type { Representation } from "../negotiate/representation.js";
import { listMetadata } from "../view/list-metadata.js";
import { partialObject } from "../view/partial-object.js";
import { tableHead, tableRow } from "../view/table.js";
import { listHead } from "./list-head.js";
import type { ListPage } from "./list-page.js";

/** A list in any form but compact JSON of whole objects, piece by piece; each piece is about one item. */
export function* listText(
  descriptor: ResourceDescriptor,
  version: VersionDescriptor,
  representation: Representation,
  page: ListPage,
): Iterable<string> {
  const head = listOpening(version, representation, page);
  const items = listItems(descriptor, version, representation, page.items);
  if (representation.format === "yaml") yield* yamlText(head, items, representation);
  else if (representation.pretty) yield* prettyText(head, items, representation);
  else {
    yield head;
    let separator = "";
    for (const item of items) {
      yield separator + item;
      separator = ",";
    }
    yield "]}";
  }
}

/** A list in CBOR, piece by piece. */
export function listCbor(
  descriptor: ResourceDescriptor,
  version: VersionDescriptor,
  representation: Representation,
  page: ListPage,
): Iterable<Buffer> {
  const { list, frame } = envelope(listOpening(version, representation, page), representation);
  const items = listItems(descriptor, version, representation, page.items);
  return encodeCborList(frame, list, page.items.length, parsed(items));
}

function* parsed(items: Iterable<string>): Iterable<unknown> {
  for (const item of items) yield JSON.parse(item);
}

/** A page in the view that was negotiated, as compact JSON whatever the format is. */
export function listJson(
  descriptor: ResourceDescriptor,
  version: VersionDescriptor,
  representation: Representation,
  page: ListPage,
): string {
  return [...listText(descriptor, version, { ...representation, format: "json", pretty: false }, page)].join("");
}

/** Compact JSON up to and with the bracket that opens the items, or rows. */
function listOpening(version: VersionDescriptor, representation: Representation, page: ListPage): string {
  if (representation.view === "object") return listHead(version, page);
  const metadata = listMetadata(page.revision, page.continueToken, page.remainingItemCount);
  if (representation.view === "table") return tableHead(version, representation, metadata);
  const meta = JSON.stringify(metadata);
  return `{"kind":"PartialObjectMetadataList","apiVersion":"${representation.metaVersion}","metadata":${meta},"items":[`;
}

/** Each item as compact JSON. */
function* listItems(
  descriptor: ResourceDescriptor,
  version: VersionDescriptor,
  representation: Representation,
  items: readonly EncodedObject[],
): Iterable<string> {
  const now = Date.now();
  for (const item of items) {
    if (representation.view === "table") {
      yield tableRow(version, representation, item, now);
      continue;
    }
    const bytes = versionBytes(version, item);
    if (representation.view === "partial") yield partialObject(bytes, representation.metaVersion).toString("utf8");
    else yield descriptor.flavour === "typed" ? withoutKind(bytes) : bytes.toString("utf8");
  }
}

function withoutKind(bytes: Buffer): string {
  const { kind: _kind, apiVersion: _apiVersion, ...rest }: JsonObject = JSON.parse(bytes.toString("utf8"));
  return JSON.stringify(rest);
}

/** The name and the text around the elements of what will be filled: `items`, or `rows` for a table. */
function envelope(head: string, representation: Representation): { list: string; frame: JsonObject } {
  const frame: JsonObject = JSON.parse(`${head}]}`);
  return { list: representation.view === "table" ? "rows" : "items", frame };
}

function* prettyText(head: string, items: Iterable<string>, representation: Representation): Iterable<string> {
  const { frame } = envelope(head, representation);
  const empty = prettyJson(frame);
  const end = "]\n}".length;
  let separator = `${empty.slice(0, -end)}\n`;
  let any = false;
  for (const item of items) {
    yield separator + prettyListItem(JSON.parse(item));
    separator = ",\n";
    any = true;
  }
  yield any ? "\n  ]\n}" : empty;
}

function* yamlText(head: string, items: Iterable<string>, representation: Representation): Iterable<string> {
  const { list, frame } = envelope(head, representation);
  // Keys are sorted, so what surrounds the elements falls into the keys before theirs and those after.
  const before = Object.fromEntries(Object.entries(frame).filter(([key]) => key < list));
  const after = Object.fromEntries(Object.entries(frame).filter(([key]) => key > list));
  yield encodeYaml(before);
  let any = false;
  for (const item of items) {
    yield `${any ? "" : `${list}:\n`}${encodeYamlItems([JSON.parse(item)], "")}`;
    any = true;
  }
  if (!any) yield `${list}: []\n`;
  if (Object.keys(after).length > 0) yield encodeYaml(after);
}
