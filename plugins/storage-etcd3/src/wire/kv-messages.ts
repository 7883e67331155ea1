import { MessageReader } from "./message-reader.js";
import type { MessageWriter } from "./message-writer.js";

/** A key and its value as etcd holds them (mvccpb.KeyValue); bytes live as long as the whole answer. */
export interface EtcdKeyValue {
  readonly key: Buffer;
  readonly value: Buffer;
  readonly createRevision: number;
  readonly modRevision: number;
  readonly version: number;
  /** 0 for none. */
  readonly lease: bigint;
}

/** What stands above every answer (etcdserverpb.ResponseHeader). */
export interface EtcdHeader {
  readonly clusterId: bigint;
  readonly revision: number;
}

/** What to read (etcdserverpb.RangeRequest). */
export interface RangeCall {
  readonly key: Buffer;
  /** Absent for a single key. */
  readonly end?: Buffer;
  readonly limit?: number;
  /** 0 for the newest state. */
  readonly revision?: number;
  readonly countOnly?: boolean;
}

/** What was read (etcdserverpb.RangeResponse). */
export interface RangeAnswer {
  readonly header: EtcdHeader;
  readonly entries: readonly EtcdKeyValue[];
  readonly more: boolean;
  readonly count: number;
}

/** What a transaction asks of one key before it does anything. */
export type Comparison =
  | { readonly key: Buffer; readonly modRevision: number }
  | { readonly key: Buffer; readonly version: number };

/** One change of a transaction. */
export type Change =
  | { readonly put: Buffer; readonly value: Buffer; readonly lease?: bigint }
  | { readonly delete: Buffer };

/** A transaction (etcdserverpb.TxnRequest): the changes when all comparisons hold, else reads of single keys. */
export interface TxnCall {
  readonly compare: readonly Comparison[];
  readonly success: readonly Change[];
  readonly failure: readonly Buffer[];
}

/** What came of it (etcdserverpb.TxnResponse); of the answers to its parts only those of reads. */
export interface TxnAnswer {
  readonly header: EtcdHeader;
  readonly succeeded: boolean;
  readonly reads: readonly RangeAnswer[];
}

const MOD_TARGET = 2;
const NO_HEADER: EtcdHeader = { clusterId: 0n, revision: 0 };
const NO_BYTES = Buffer.alloc(0);

export function writeRange(writer: MessageWriter, call: RangeCall): void {
  writer.data(1, call.key);
  if (call.end !== undefined) {
    writer.data(2, call.end);
  }
  writer.number(3, call.limit ?? 0);
  writer.number(4, call.revision ?? 0);
  writer.flag(9, call.countOnly ?? false);
}

export function writeTxn(writer: MessageWriter, { compare, success, failure }: TxnCall): void {
  for (const comparison of compare) {
    writer.message(1, (inner) => writeComparison(inner, comparison));
  }
  for (const change of success) {
    writer.message(2, (inner) => writeChange(inner, change));
  }
  for (const key of failure) {
    writer.message(3, (inner) => inner.message(1, (range) => range.data(1, key)));
  }
}

function writeComparison(writer: MessageWriter, comparison: Comparison): void {
  // The result, field 1, is "equal" by default; so is the target, field 2, "version".
  if ("modRevision" in comparison) {
    writer.number(2, MOD_TARGET);
    writer.data(3, comparison.key);
    writer.presentNumber(6, comparison.modRevision);
  } else {
    writer.data(3, comparison.key);
    writer.presentNumber(4, comparison.version);
  }
}

function writeChange(writer: MessageWriter, change: Change): void {
  if ("put" in change) {
    writer.message(2, (put) => {
      put.data(1, change.put);
      put.data(2, change.value);
      if (change.lease !== undefined) {
        put.bigint(3, change.lease);
      }
    });
  } else {
    writer.message(3, (remove) => remove.data(1, change.delete));
  }
}

/** Reads the fields of a header. */
export function readHeader(reader: MessageReader): EtcdHeader {
  let clusterId = 0n;
  let revision = 0;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) {
      clusterId = reader.bigint();
    } else if (field === 3) {
      revision = reader.number();
    } else {
      reader.skip();
    }
  }
  return { clusterId, revision };
}

/** Reads the fields of a key and its value. */
export function readKeyValue(reader: MessageReader): EtcdKeyValue {
  let key: Buffer = NO_BYTES;
  let value: Buffer = NO_BYTES;
  let createRevision = 0;
  let modRevision = 0;
  let version = 0;
  let lease = 0n;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    switch (field) {
      case 1:
        key = reader.data();
        break;
      case 2:
        createRevision = reader.number();
        break;
      case 3:
        modRevision = reader.number();
        break;
      case 4:
        version = reader.number();
        break;
      case 5:
        value = reader.data();
        break;
      case 6:
        lease = reader.bigint();
        break;
      default:
        reader.skip();
    }
  }
  return { key, value, createRevision, modRevision, version, lease };
}

function readRangeAnswer(reader: MessageReader): RangeAnswer {
  let header = NO_HEADER;
  const entries: EtcdKeyValue[] = [];
  let more = false;
  let count = 0;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    switch (field) {
      case 1:
        header = readHeader(reader.message());
        break;
      case 2:
        entries.push(readKeyValue(reader.message()));
        break;
      case 3:
        more = reader.flag();
        break;
      case 4:
        count = reader.number();
        break;
      default:
        reader.skip();
    }
  }
  return { header, entries, more, count };
}

function readTxnAnswer(reader: MessageReader): TxnAnswer {
  let header = NO_HEADER;
  let succeeded = false;
  const reads: RangeAnswer[] = [];
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) {
      header = readHeader(reader.message());
    } else if (field === 2) {
      succeeded = reader.flag();
    } else if (field === 3) {
      const part = reader.message();
      if (part.next() === 1) {
        reads.push(readRangeAnswer(part.message()));
      }
    } else {
      reader.skip();
    }
  }
  return { header, succeeded, reads };
}

/** Reads an answer to a range. */
export function decodeRange(bytes: Buffer): RangeAnswer {
  return readRangeAnswer(new MessageReader(bytes));
}

/** Reads an answer to a transaction. */
export function decodeTxn(bytes: Buffer): TxnAnswer {
  return readTxnAnswer(new MessageReader(bytes));
}
