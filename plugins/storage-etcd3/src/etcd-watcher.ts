import type { StorageEvent } from "@quarterdeck/sdk";
import type { KeyRange, KeySpace } from "./key-space.js";
import { storedEvent } from "./stored-entry.js";
import { framed } from "./wire/frame.js";
import type { GrpcStream } from "./wire/grpc-stream.js";
import {
  decodeWatchMessage,
  type EtcdEvent,
  type WatchMessage,
  writeCreateWatcher,
  writeProgressRequest,
} from "./wire/watch-messages.js";

/** What a watcher tells; nothing after `onCompacted`, `onBroken` or `close`. */
export interface WatcherListener {
  /** etcd has accepted the watcher. */
  onCreated?(): void;
  /** The events of whole revisions, those of other keys left out, and the revision of the last one. */
  onEvents(events: readonly StorageEvent[], revision: number): void;
  /** All events up to this revision have been told. */
  onProgress(revision: number): void;
  /** The history it was to begin with is gone. */
  onCompacted(compacted: number): void;
  /** The stream ended or etcd gave the watcher up. */
  onBroken(error: Error): void;
}

/** One watcher of etcd on a stream of its own. */
export class EtcdWatcher {
  #fragments: readonly EtcdEvent[] = [];
  #over = false;

  constructor(
    private readonly stream: GrpcStream,
    private readonly keys: KeySpace,
    private readonly listener: WatcherListener,
  ) {
    stream.listen({
      onMessage: (message) => this.#take(decodeWatchMessage(message)),
      onEnd: (error) => this.#break(error),
    });
  }

  /** Begins with the events of revision `start`. */
  begin(range: KeyRange, start: number): void {
    this.stream.write(framed((writer) => writeCreateWatcher(writer, range.key, range.end, start)));
  }

  /** Asks etcd to tell how far the watcher is; it does not answer while that lags behind. */
  askForProgress(): void {
    if (!this.#over) {
      this.stream.write(framed(writeProgressRequest));
    }
  }

  close(): void {
    this.#over = true;
    this.stream.cancel();
  }

  #take(response: WatchMessage): void {
    if (this.#over) {
      return;
    }
    if (response.canceled) {
      if (response.compactRevision > 0) {
        this.close();
        this.listener.onCompacted(response.compactRevision);
      } else {
        this.#break(new Error(`etcd ended the watch: ${response.cancelReason}`));
      }
    } else if (response.created) {
      this.listener.onCreated?.();
    } else if (response.events.length === 0) {
      this.listener.onProgress(response.header.revision);
    } else {
      this.#takeEvents(response);
    }
  }

  #takeEvents({ events, fragment }: WatchMessage): void {
    // A large revision comes in several responses, the last of which is not marked.
    const whole = this.#fragments.length === 0 ? events : [...this.#fragments, ...events];
    if (fragment) {
      this.#fragments = whole;
      return;
    }
    this.#fragments = [];
    const told: StorageEvent[] = [];
    for (const event of whole) {
      const mine = storedEvent(this.keys, event);
      if (mine !== undefined) {
        told.push(mine);
      }
    }
    const last = whole.at(-1);
    if (last !== undefined) {
      this.listener.onEvents(told, last.entry.modRevision);
    }
  }

  #break(error: Error): void {
    if (!this.#over) {
      this.close();
      this.listener.onBroken(error);
    }
  }
}
