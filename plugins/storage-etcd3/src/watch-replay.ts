import { CompactedError, type StorageEvent } from "@quarterdeck/sdk";
import { EtcdWatcher } from "./etcd-watcher.js";
import type { KeyRange, KeySpace } from "./key-space.js";
import { PROGRESS_MILLISECONDS } from "./progress-requests.js";
import type { WatchSource } from "./watch-source.js";

/** What part of the history to read. */
export interface ReplayOptions {
  readonly source: WatchSource;
  readonly keys: KeySpace;
  readonly range: KeyRange;
  /** Events after this revision. */
  readonly after: number;
  /** Until it is certain that all events up to this revision have been told. */
  readonly until: number;
  readonly silenceMilliseconds: number;
  readonly signal: AbortSignal;
  onEvents(events: readonly StorageEvent[], revision: number): void;
}

/**
 * Reads history by a watcher of its own. Resolves with the revision it has come to, at least `until`; rejects with
 * {@link CompactedError}, or when the stream breaks or says nothing for too long.
 */
export function replay(options: ReplayOptions): Promise<number> {
  const { source, keys, range, after, until, silenceMilliseconds, signal } = options;
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(silence);
      clearInterval(asking);
      signal.removeEventListener("abort", stopped);
      watcher.close();
      act();
    };
    const fail = (error: Error): void => settle(() => reject(error));
    const stopped = (): void => fail(new Error("the storage was closed"));
    const advance = (revision: number): void => {
      silence.refresh();
      if (revision >= until) {
        settle(() => resolve(revision));
      }
    };
    const watcher = new EtcdWatcher(source.stream, keys, {
      onCreated: () => {
        silence.refresh();
        if (source.span.progress) {
          watcher.askForProgress();
        }
      },
      onEvents: (events, revision) => {
        options.onEvents(events, revision);
        advance(revision);
      },
      onProgress: advance,
      onCompacted: (compacted) => fail(new CompactedError(after, compacted)),
      onBroken: fail,
    });
    const silence = setTimeout(() => fail(new Error("etcd did not tell the history in time")), silenceMilliseconds);
    const asking = setInterval(() => source.span.progress && watcher.askForProgress(), PROGRESS_MILLISECONDS);
    signal.addEventListener("abort", stopped);
    // From `after` itself and not from behind it, so that etcd refuses when what was deleted at it is forgotten.
    watcher.begin(range, Math.max(1, after));
  });
}
