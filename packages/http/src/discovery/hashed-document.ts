import { createHash } from "node:crypto";
import type { RequestContext } from "@quarterdeck/sdk";
import { sendBytes } from "@quarterdeck/wire";

/** The bytes of a document with their hash: SHA-512 in upper-case hex, as upstream's. */
export class HashedDocument {
  readonly hash: string;

  constructor(readonly bytes: Buffer) {
    this.hash = createHash("sha512").update(bytes).digest("hex").toUpperCase();
  }

  /** The hash in double quotes. */
  get etag(): string {
    return `"${this.hash}"`;
  }
}

/** Whether an `If-None-Match` header (a list, possibly weak, or `*`) names this quoted ETag. */
export function matchesETag(header: string, etag: string): boolean {
  if (header === "") return false;
  return header.split(",").some((text) => {
    const candidate = text.trim();
    return candidate === "*" || candidate === etag || candidate === `W/${etag}`;
  });
}

const NOTHING = Buffer.alloc(0);

/**
 * Sends bytes with an ETag, or 304 when the client has them; the answer varies with Accept.
 * The ETag of one document is the same in every media type, as upstream's: caches tell them apart by Vary.
 */
export function sendHashed(
  context: RequestContext,
  etag: string,
  headers: { readonly [name: string]: string },
  bytes: Buffer,
): void | Promise<void> {
  const all = { ...headers, ETag: etag, Vary: "Accept" };
  if (matchesETag(context.get("if-none-match"), etag)) return sendBytes(context, 304, all, NOTHING);
  return sendBytes(context, 200, all, bytes);
}
