import type { VersionDescriptor } from "@quarterdeck/scheme";
import type { EncodedObject } from "../encoded-object.js";
import type { Representation } from "../negotiate/representation.js";
import type { WatchEventType } from "./watch-frame.js";
import { type WatchLines, watchLines } from "./watch-lines.js";
import type { EventSink, FrameShare, WatchStream } from "./watch-stream.js";

const NOBODY: readonly WatchStream[] = [];

/**
 * Watches of one version in one form that are all told the same. What they write to lies side by side: for a thousand
 * watchers, going from one object to the next costs more than all that is done with them.
 */
export class WatchFanOut {
  readonly #lines: WatchLines;
  readonly #streams: WatchStream[] = [];
  readonly #sinks: EventSink[] = [];

  constructor(version: VersionDescriptor, representation: Representation) {
    this.#lines = watchLines(version, representation);
  }

  /** How many watches there are. */
  get size(): number {
    return this.#streams.length;
  }

  add(stream: WatchStream): void {
    this.#streams.push(stream);
    this.#sinks.push(stream.sink);
  }

  delete(stream: WatchStream): void {
    const at = this.#streams.indexOf(stream);
    if (at === -1) return;
    this.#streams.splice(at, 1);
    this.#sinks.splice(at, 1);
  }

  /** Sends one event to all; answers those whose clients read more slowly than events come. */
  event(type: WatchEventType, object: EncodedObject, share: FrameShare | undefined): readonly WatchStream[] {
    const { key, make } = this.#lines[type];
    const frame = share === undefined ? make(object) : share.frame(key, make);
    let slow = NOBODY;
    for (let at = 0; at < this.#sinks.length; at++) {
      if (this.#sinks[at]?.write(frame) !== false) continue;
      const stream = this.#streams[at];
      if (stream !== undefined) slow = [...slow, stream];
    }
    return slow;
  }
}
