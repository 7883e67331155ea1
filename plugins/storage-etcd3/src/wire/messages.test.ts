import { credentials, type ServiceDefinition } from "@grpc/grpc-js";
import { Host } from "etcd3/lib/connection-pool.js";
import { describe, expect, it } from "vitest";
import { decodeRange, decodeTxn, writeRange, writeTxn } from "./kv-messages.js";
import { MalformedMessageError } from "./message-reader.js";
import { MessageWriter } from "./message-writer.js";
import { decodeWatchMessage, writeCreateWatcher, writeProgressRequest } from "./watch-messages.js";

function isService(value: unknown): value is ServiceDefinition {
  return typeof value === "function" ? false : typeof value === "object" && value !== null;
}

/** The messages as etcd's own protocol files define them. */
function defined(service: "KV" | "Watch", method: string) {
  const host = new Host("http://127.0.0.1:1", credentials.createInsecure());
  const definition: unknown = Reflect.get(host.getServiceClient(service).constructor, "service");
  host.close();
  const found = isService(definition) ? definition[method] : undefined;
  if (found === undefined) throw new Error(`etcd has no ${service}.${method}`);
  return found;
}

function written(write: (writer: MessageWriter) => void): Buffer {
  const writer = new MessageWriter(0, 1);
  write(writer);
  return writer.bytes;
}

const KEY = Buffer.from("/registry/a");
const LARGE = 2 ** 53 - 1;
const LEASE = 9034117586578848123n;

const header = { cluster_id: "18446744073709551615", member_id: "1", revision: String(LARGE), raft_term: "7" };
const HEADER = { clusterId: 18446744073709551615n, revision: LARGE };
const kv = {
  key: KEY,
  create_revision: "3",
  mod_revision: String(LARGE),
  version: "200",
  value: Buffer.alloc(70_000, 5),
  lease: String(LEASE),
};
const KV = { key: KEY, value: kv.value, createRevision: 3, modRevision: LARGE, version: 200, lease: LEASE };

describe("the messages of etcd", () => {
  it("a range is asked for as the protocol defines it", () => {
    const call = { key: KEY, end: Buffer.from([0]), limit: 500, revision: LARGE, countOnly: true };
    const read: unknown = defined("KV", "Range").requestDeserialize(written((writer) => writeRange(writer, call)));
    expect(read).toMatchObject({
      key: KEY,
      range_end: Buffer.from([0]),
      limit: "500",
      revision: String(LARGE),
      count_only: true,
      keys_only: false,
      serializable: false,
    });
  });

  it("a transaction is asked for as the protocol defines it", () => {
    const value = Buffer.alloc(1000, 9);
    const call = {
      compare: [
        { key: KEY, modRevision: 0 },
        { key: KEY, modRevision: LARGE },
        { key: KEY, version: 3 },
      ],
      success: [{ put: KEY, value, lease: LEASE }, { put: KEY, value: Buffer.alloc(0) }, { delete: KEY }],
      failure: [KEY, KEY],
    };
    const read: unknown = defined("KV", "Txn").requestDeserialize(written((writer) => writeTxn(writer, call)));
    expect(read).toMatchObject({
      compare: [
        { key: KEY, result: "Equal", target: "Mod", target_union: "mod_revision", mod_revision: "0" },
        { key: KEY, result: "Equal", target: "Mod", mod_revision: String(LARGE) },
        { key: KEY, result: "Equal", target: "Version", version: "3" },
      ],
      success: [
        { request: "request_put", request_put: { key: KEY, value, lease: String(LEASE) } },
        { request_put: { key: KEY, value: Buffer.alloc(0), lease: "0" } },
        { request: "request_delete_range", request_delete_range: { key: KEY } },
      ],
      failure: [{ request_range: { key: KEY } }, { request_range: { key: KEY } }],
    });
  });

  it("a watcher and its progress are asked for as the protocol defines it", () => {
    const { requestDeserialize } = defined("Watch", "Watch");
    const create: unknown = requestDeserialize(written((writer) => writeCreateWatcher(writer, KEY, KEY, LARGE)));
    expect(create).toMatchObject({
      create_request: { key: KEY, range_end: KEY, start_revision: String(LARGE), prev_kv: true, fragment: true },
    });
    const progress: unknown = requestDeserialize(written(writeProgressRequest));
    expect(progress).toEqual({ request_union: "progress_request", progress_request: {} });
  });

  it("answers are read as the protocol defines them", () => {
    const range = { header, kvs: [kv, { key: KEY, value: Buffer.alloc(0) }], more: true, count: "12345678" };
    expect(decodeRange(defined("KV", "Range").responseSerialize(range))).toEqual({
      header: HEADER,
      entries: [KV, { key: KEY, value: Buffer.alloc(0), createRevision: 0, modRevision: 0, version: 0, lease: 0n }],
      more: true,
      count: 12345678,
    });
    const responses = [
      { response_put: { header } },
      { response_range: range },
      { response_delete_range: { deleted: "1" } },
    ];
    const txn = decodeTxn(defined("KV", "Txn").responseSerialize({ header, succeeded: true, responses }));
    expect(txn).toMatchObject({ header: HEADER, succeeded: true, reads: [{ entries: [KV, {}], more: true }] });
  });

  it("events are read as the protocol defines them", () => {
    const { responseSerialize } = defined("Watch", "Watch");
    const events = [
      { type: "Put", kv, prev_kv: { ...kv, mod_revision: "9" } },
      { type: "Delete", kv: { key: KEY, mod_revision: "10" } },
    ];
    const told = responseSerialize({ header, watch_id: "-1", fragment: true, events });
    const empty = { key: KEY, value: Buffer.alloc(0), createRevision: 0, version: 0, lease: 0n };
    expect(decodeWatchMessage(told)).toEqual({
      header: HEADER,
      created: false,
      canceled: false,
      compactRevision: 0,
      cancelReason: "",
      fragment: true,
      events: [
        { deleted: false, entry: KV, previous: { ...KV, modRevision: 9 } },
        { deleted: true, entry: { ...empty, modRevision: 10 }, previous: undefined },
      ],
    });
    const ended = responseSerialize({ created: true, canceled: true, compact_revision: "44", cancel_reason: "grün" });
    expect(decodeWatchMessage(ended)).toMatchObject({
      created: true,
      canceled: true,
      compactRevision: 44,
      cancelReason: "grün",
    });
  });

  it("an answer that ends early is refused, wherever it ends", () => {
    const whole = defined("KV", "Range").responseSerialize({ header, kvs: [{ ...kv, value: KEY }] });
    const fields = new Set([0, whole.length]);
    for (let at = 0; at < whole.length; ) {
      // Tag and length of the two fields take two bytes each here.
      at += 2 + (whole[at + 1] ?? 0);
      fields.add(at);
    }
    for (let length = 0; length < whole.length; length++) {
      if (!fields.has(length)) expect(() => decodeRange(whole.subarray(0, length))).toThrow(MalformedMessageError);
    }
    expect(fields.size).toBe(3);
  });

  it("a number that JavaScript cannot hold is refused", () => {
    const read = () => decodeRange(defined("KV", "Range").responseSerialize({ count: String(2n ** 53n) }));
    expect(read).toThrow(MalformedMessageError);
  });
});
