import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import type { RequestContext } from "@quarterdeck/sdk";
import { listItemOffset, versionBytes } from "../encode/version-bytes.js";
import type { EncodedObject } from "../encoded-object.js";
import type { Representation } from "../negotiate/representation.js";
import { BodyWriter } from "./body-writer.js";
import { listHead } from "./list-head.js";
import type { ListPage } from "./list-page.js";

const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const TAIL = Buffer.from("]}");

/**
 * Writes a list as compact JSON of whole objects: bytes in, bytes out. The items of a typed list lose kind and
 * apiVersion on the way. Resolves when the last chunk is handed over, or when the client is gone.
 */
export async function writeItems(
  context: RequestContext,
  descriptor: ResourceDescriptor,
  version: VersionDescriptor,
  { contentType, gzip }: Representation,
  { items, ...page }: ListPage,
): Promise<void> {
  const head = Buffer.from(listHead(version, page), "utf8");
  const bodies = bytesOf(version, items);
  // An item takes its bytes from `from` on and the comma and brace before them: the first of all has no comma.
  const from = descriptor.flavour === "typed" ? listItemOffset(version) : 0;
  const lead = from === 0 ? 1 : 2;
  let length = head.length + TAIL.length + bodies.length * (lead - from) - (bodies.length === 0 ? 0 : 1);
  for (const bytes of bodies) length += bytes.length;
  const writer = new BodyWriter(context, { "Content-Type": contentType }, gzip, length);
  await writer.append(head);
  let index = 0;
  while (index < bodies.length && !writer.closed) {
    const end = fitting(bodies, index, writer.room, lead - from);
    if (end > index) {
      fill(writer, bodies, index, end, from);
      index = end;
    } else {
      const bytes = bodies[index];
      if (bytes === undefined) break;
      await writer.flush();
      if (bytes.length + lead > writer.room) {
        writeLead(writer.chunk, writer.take(lead - (index === 0 ? 1 : 0)), index === 0, from > 0);
        await writer.append(bytes, from);
        index++;
      }
    }
  }
  await writer.append(TAIL);
  writer.finish();
}

function bytesOf(version: VersionDescriptor, items: readonly EncodedObject[]): readonly Buffer[] {
  const { storage } = version;
  return items.map((item) => (storage ? item.bytes : versionBytes(version, item)));
}

/** One past the last item, of those from `index` on, that fits into `room`; each takes `extra` more than its length. */
function fitting(bodies: readonly Buffer[], index: number, room: number, extra: number): number {
  let end = index;
  let left = room;
  for (; end < bodies.length; end++) {
    left -= (bodies[end]?.length ?? 0) + extra;
    if (left < 0) break;
  }
  return end;
}

/**
 * Copies items into the chunk, the last one first. A copy of a part of a Buffer costs an allocation, so each is copied
 * whole: its first `from` bytes fall on the place of the item before it, which is written next. Only the first of the
 * run, before which something else stands, is copied in part.
 */
function fill(writer: BodyWriter, bodies: readonly Buffer[], index: number, end: number, from: number): void {
  const { chunk } = writer;
  const lead = from === 0 ? 1 : 2;
  let size = index === 0 ? -1 : 0;
  for (let item = index; item < end; item++) size += (bodies[item]?.length ?? 0) - from + lead;
  let at = writer.take(size) + size;
  for (let item = end - 1; item >= index; item--) {
    const bytes = bodies[item];
    if (bytes === undefined) continue;
    at -= bytes.length - from;
    if (item === index) bytes.copy(chunk, at, from);
    else chunk.set(bytes, at - from);
    at -= lead - (item === 0 ? 1 : 0);
    writeLead(chunk, at, item === 0, from > 0);
  }
}

/** What stands before an item: the comma, unless it is the first, and the brace that its cut bytes lack. */
function writeLead(chunk: Buffer, at: number, first: boolean, brace: boolean): void {
  if (!first) chunk[at] = COMMA;
  if (brace) chunk[first ? at : at + 1] = OPEN_BRACE;
}
