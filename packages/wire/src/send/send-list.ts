import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import type { RequestContext } from "@quarterdeck/sdk";
import type { Representation } from "../negotiate/representation.js";
import { BodyWriter } from "./body-writer.js";
import type { ListPage } from "./list-page.js";
import { listCbor, listText } from "./list-text.js";
import { writeItems } from "./write-items.js";
import { writeMessages } from "./write-messages.js";

/**
 * Sends one page of a list as it was negotiated: the items' bytes are copied into chunks that the connection takes one
 * by one, so the memory of a request does not grow with its answer. Resolves when the last chunk is handed over, or
 * when the client is gone.
 */
export async function sendList(
  context: RequestContext,
  descriptor: ResourceDescriptor,
  version: VersionDescriptor,
  representation: Representation,
  page: ListPage,
): Promise<void> {
  const { view, format, pretty } = representation;
  if (format === "protobuf") {
    await writeMessages(context, version, representation, page);
    return;
  }
  if (view === "object" && format === "json" && !pretty) {
    await writeItems(context, descriptor, version, representation, page);
    return;
  }
  const writer = new BodyWriter(context, { "Content-Type": representation.contentType }, representation.gzip);
  try {
    for (const piece of pieces(descriptor, version, representation, page)) {
      const wait = writer.append(typeof piece === "string" ? Buffer.from(piece, "utf8") : piece);
      if (wait === undefined) continue;
      await wait;
      if (writer.closed) break;
      // The connection may take every chunk at once; other requests must come in between.
      await new Promise(setImmediate);
    }
  } catch (error) {
    writer.abort();
    throw error;
  }
  writer.finish();
}

function pieces(
  descriptor: ResourceDescriptor,
  version: VersionDescriptor,
  representation: Representation,
  page: ListPage,
): Iterable<string | Buffer> {
  return representation.format === "cbor"
    ? listCbor(descriptor, version, representation, page)
    : listText(descriptor, version, representation, page);
}
