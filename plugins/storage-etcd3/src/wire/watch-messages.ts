import { type EtcdHeader, type EtcdKeyValue, readHeader, readKeyValue } from "./kv-messages.js";
import { MessageReader } from "./message-reader.js";
import type { MessageWriter } from "./message-writer.js";

/** One change of one key (mvccpb.Event). */
export interface EtcdEvent {
  readonly deleted: boolean;
  /** Of a delete only its key and modRevision, which is that of the delete. */
  readonly entry: EtcdKeyValue;
  /** What the key held before, unless that is forgotten. */
  readonly previous: EtcdKeyValue | undefined;
}

/** What etcd tells on a watch stream (etcdserverpb.WatchResponse). */
export interface WatchMessage {
  readonly header: EtcdHeader;
  readonly created: boolean;
  readonly canceled: boolean;
  /** The revision that history begins with, when the watcher was to begin before it; else 0. */
  readonly compactRevision: number;
  readonly cancelReason: string;
  /** More of the same revision follows. */
  readonly fragment: boolean;
  readonly events: readonly EtcdEvent[];
}

/** Asks for a watcher (etcdserverpb.WatchCreateRequest) with previous values and in fragments. */
export function writeCreateWatcher(writer: MessageWriter, key: Buffer, end: Buffer, startRevision: number): void {
  writer.message(1, (create) => {
    create.data(1, key);
    create.data(2, end);
    create.number(3, startRevision);
    create.flag(6, true);
    create.flag(8, true);
  });
}

/** Asks how far the watchers of a stream are (etcdserverpb.WatchProgressRequest). */
export function writeProgressRequest(writer: MessageWriter): void {
  writer.message(3, () => {});
}

export function decodeWatchMessage(bytes: Buffer): WatchMessage {
  const reader = new MessageReader(bytes);
  let header: EtcdHeader = { clusterId: 0n, revision: 0 };
  let created = false;
  let canceled = false;
  let compactRevision = 0;
  let cancelReason = "";
  let fragment = false;
  const events: EtcdEvent[] = [];
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    switch (field) {
      case 1:
        header = readHeader(reader.message());
        break;
      case 3:
        created = reader.flag();
        break;
      case 4:
        canceled = reader.flag();
        break;
      case 5:
        compactRevision = reader.number();
        break;
      case 6:
        cancelReason = reader.text();
        break;
      case 7:
        fragment = reader.flag();
        break;
      case 11:
        events.push(readEvent(reader.message()));
        break;
      default:
        reader.skip();
    }
  }
  return { header, created, canceled, compactRevision, cancelReason, fragment, events };
}

function readEvent(reader: MessageReader): EtcdEvent {
  let deleted = false;
  let entry: EtcdKeyValue | undefined;
  let previous: EtcdKeyValue | undefined;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) {
      deleted = reader.flag();
    } else if (field === 2) {
      entry = readKeyValue(reader.message());
    } else if (field === 3) {
      previous = readKeyValue(reader.message());
    } else {
      reader.skip();
    }
  }
  return { deleted, entry: entry ?? readKeyValue(new MessageReader(Buffer.alloc(0))), previous };
}
