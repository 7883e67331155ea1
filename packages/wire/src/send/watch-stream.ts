import type { Status } from "@quarterdeck/meta";
import type { ResourceDescriptor, VersionDescriptor } from "@quarterdeck/scheme";
import type { RequestContext } from "@quarterdeck/sdk";
import type { EncodedObject } from "../encoded-object.js";
import type { Representation } from "../negotiate/representation.js";
import { isGone, type Response } from "./response.js";
import type { WatchEventType } from "./watch-frame.js";
import { bookmarkFrame, bookmarkObject, errorFrame, tableFrame } from "./watch-frame.js";
import { type WatchLines, watchLines } from "./watch-lines.js";
import { writeHead } from "./write-head.js";

/** Answers with the Buffer kept under a key, or makes and keeps it: how watchers of one event share its bytes. */
export interface FrameShare {
  frame(key: string, make: (object: EncodedObject) => Buffer): Buffer;
}

/** Where the lines of a watch go; false when its buffer is full. */
export interface EventSink {
  write(chunk: Buffer): boolean;
}

/** One watch as its client sees it: a line of JSON or a frame of protobuf an event. Nothing is buffered here; see `queuedBytes`. */
export class WatchStream {
  readonly #response: Response;
  readonly #version: VersionDescriptor;
  readonly #representation: Representation;
  readonly #lines: WatchLines;
  /** What events are written to: on HTTP/2 the stream itself, which spares each event the response around it. */
  readonly sink: EventSink;
  #columnsSent = false;
  #closed: boolean;

  constructor(context: RequestContext, version: VersionDescriptor, representation: Representation) {
    this.#version = version;
    this.#representation = representation;
    this.#lines = watchLines(version, representation);
    this.#closed = isGone(context);
    this.#response = writeHead(context, 200, { "Content-Type": representation.contentType });
    this.#response.once("close", () => {
      this.#closed = true;
    });
    this.#response.flushHeaders?.();
    this.sink = "stream" in context.res ? context.res.stream : this.#response;
  }

  /** Bytes written that the connection has not taken yet: the measure by which a slow watcher is cut off. */
  get queuedBytes(): number {
    return this.#closed ? 0 : this.#response.writableLength;
  }

  /** True when the client is gone or the watch was ended. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Sends one event; false when the client reads more slowly than events come. Its line is made once for all watchers
   * when `share` keeps it; a table's never is, as ages differ.
   */
  event(type: WatchEventType, object: EncodedObject, share?: FrameShare): boolean {
    if (this.#closed) return true;
    if (this.#representation.view === "table") {
      return this.sink.write(tableFrame(type, this.#version, this.#representation, object, this.#firstTable()));
    }
    const line = this.#lines[type];
    return this.sink.write(share === undefined ? line.make(object) : share.frame(line.key, line.make));
  }

  /** Tells how far the watch has come; `initialEventsEnd` marks the end of the initial events. */
  bookmark(revision: number, initialEventsEnd: boolean): void {
    const bookmark = bookmarkObject(this.#version, revision, initialEventsEnd);
    if (this.#representation.view !== "table")
      this.#write(bookmarkFrame(this.#version, this.#representation, bookmark));
    else this.#write(tableFrame("BOOKMARK", this.#version, this.#representation, bookmark, this.#firstTable()));
  }

  /** Sends an ERROR event; the caller ends the watch. */
  error(status: Status): void {
    this.#write(errorFrame(this.#representation, status));
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
    if (!this.#closed) this.sink.write(frame);
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
