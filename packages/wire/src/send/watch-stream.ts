import type { Status } from "@quarterdeck/meta";
import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import type { RequestContext } from "@quarterdeck/sdk";
import type { EncodedObject } from "../encoded-object.js";
import type { Representation } from "../negotiate/representation.js";
import { isGone, type Response } from "./response.js";
import type { WatchEventType } from "./watch-frame.js";
import { bookmarkFrame, bookmarkObject, errorFrame, objectFrame, tableFrame } from "./watch-frame.js";
import { writeHead } from "./write-head.js";

/** Answers with the Buffer kept under a key, or makes and keeps it: how watchers of one event share its bytes. */
export type FrameShare = (key: string, make: () => Buffer) => Buffer;

/** One watch as its client sees it: a line of JSON an event. Nothing is buffered here; see `queuedBytes`. */
export class WatchStream {
  readonly #response: Response;
  readonly #version: VersionDescriptor;
  readonly #representation: Representation;
  readonly #keys: { readonly [type in WatchEventType]: string };
  #columnsSent = false;
  #closed: boolean;

  constructor(context: RequestContext, version: VersionDescriptor, representation: Representation) {
    this.#version = version;
    this.#representation = representation;
    const suffix = `${representation.key}/${version.version}`;
    this.#keys = { ADDED: `ADDED/${suffix}`, MODIFIED: `MODIFIED/${suffix}`, DELETED: `DELETED/${suffix}` };
    this.#closed = isGone(context);
    this.#response = writeHead(context, 200, { "Content-Type": representation.contentType });
    this.#response.once("close", () => {
      this.#closed = true;
    });
    this.#response.flushHeaders?.();
  }

  /** Bytes written that the connection has not taken yet: the measure by which a slow watcher is cut off. */
  get queuedBytes(): number {
    return this.#closed ? 0 : this.#response.writableLength;
  }

  /** True when the client is gone or the watch was ended. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Sends one event. Its line is made once for all watchers when `share` keeps it; a table's never is, as ages differ. */
  event(type: WatchEventType, object: EncodedObject, share?: FrameShare): void {
    if (this.#closed) return;
    if (this.#representation.view === "table") {
      this.#write(tableFrame(type, this.#version, this.#representation, object, this.#firstTable()));
      return;
    }
    const make = (): Buffer => objectFrame(type, this.#version, this.#representation, object);
    this.#write(share === undefined ? make() : share(this.#keys[type], make));
  }

  /** Tells how far the watch has come; `initialEventsEnd` marks the end of the initial events. */
  bookmark(revision: number, initialEventsEnd: boolean): void {
    const bookmark = bookmarkObject(this.#version, revision, initialEventsEnd);
    if (this.#representation.view !== "table") this.#write(bookmarkFrame(this.#representation, bookmark));
    else this.#write(tableFrame("BOOKMARK", this.#version, this.#representation, bookmark, this.#firstTable()));
  }

  /** Sends an ERROR event; the caller ends the watch. */
  error(status: Status): void {
    this.#write(errorFrame(status));
  }

  /** Ends the answer cleanly. */
  end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#response.end();
  }

  #firstTable(): boolean {
    const first = !this.#columnsSent;
    this.#columnsSent = true;
    return first;
  }

  #write(frame: Buffer): void {
    if (!this.#closed) this.#response.write(frame);
  }
}

/** Begins the answer to a watch: status 200 and the headers leave at once, before any event. */
export function openWatchStream(
  context: RequestContext,
  _descriptor: ResourceDescriptor,
  version: VersionDescriptor,
  representation: Representation,
): WatchStream {
  return new WatchStream(context, version, representation);
}
