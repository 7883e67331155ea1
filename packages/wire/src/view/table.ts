import type { JsonValue, ListMeta } from "@quarterdeck/meta";
import { ageOf } from "@quarterdeck/meta";
import type { VersionDescriptor } from "@quarterdeck/scheme";
import { escapeJson } from "../encode/escape-json.js";
import { versionBytes } from "../encode/version-bytes.js";
import type { EncodedObject } from "../encoded-object.js";
import type { Representation } from "../negotiate/representation.js";
import { partialObject } from "./partial-object.js";

const headings = new WeakMap<VersionDescriptor, string>();

/** What clients are told of types that differ only in how cells are shown. */
const TOLD: ReadonlyMap<string, string> = new Map([
  ["age", "string"],
  ["time", "date"],
]);

/** The `columnDefinitions` of a table, as JSON. */
function tableHeading(version: VersionDescriptor): string {
  let heading = headings.get(version);
  if (heading === undefined) {
    const columns = version.columns.map(({ name, type, format, description, priority }) => ({
      name,
      type: TOLD.get(type) ?? type,
      format,
      description,
      priority,
    }));
    heading = escapeJson(JSON.stringify(columns));
    headings.set(version, heading);
  }
  return heading;
}

/**
 * A `meta.k8s.io` Table up to and with the bracket that opens its rows; the end is `]}`. Without columns, as in every
 * watch event but the first, `columnDefinitions` is null.
 */
export function tableHead(
  version: VersionDescriptor,
  representation: Representation,
  metadata: ListMeta,
  columns = true,
): string {
  const heading = columns ? tableHeading(version) : "null";
  const meta = JSON.stringify(metadata);
  return `{"kind":"Table","apiVersion":"${representation.metaVersion}","metadata":${meta},"columnDefinitions":${heading},"rows":[`;
}

/** One row: the cells, with dates as ages at `now`, and the object as far as `includeObject` says. */
export function tableRow(
  version: VersionDescriptor,
  representation: Representation,
  encoded: EncodedObject,
  now: number,
): string {
  const object = version.storage ? encoded.object : version.fromStorage(encoded.object);
  const cells = version.columns.map((column): JsonValue => {
    const cell = column.cell(object);
    return column.type === "date" || column.type === "age" ? ageOf(cell, now) : cell;
  });
  return `{"cells":${escapeJson(JSON.stringify(cells))},"object":${rowObject(version, representation, encoded)}}`;
}

function rowObject(version: VersionDescriptor, representation: Representation, encoded: EncodedObject): string {
  if (representation.includeObject === "None") return "null";
  const bytes = versionBytes(version, encoded);
  if (representation.includeObject === "Object") return bytes.toString("utf8");
  return partialObject(bytes, representation.metaVersion).toString("utf8");
}
