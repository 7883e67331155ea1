import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  changedDataKey,
  checksumOf,
  dataKeyOf,
  encodeChange,
  headOf,
  keyEnd,
  keyOf,
  logRevisionOf,
  prefixEnd,
  prefixStart,
  replacedDataKey,
  replacedRevision,
  versionBound,
} from "./key-layout.js";

const keys = fc.string({
  unit: fc.oneof(fc.constantFrom("\0", "\u0001", "\u0002", "ÿ", "/", "a"), fc.string({ unit: "grapheme" })),
});
const revisions = fc.integer({ min: 1, max: 2 ** 52 });

function headAt(revision: number) {
  return { revision, createRevision: 1, expiresAt: 0, deleted: false, noted: false, checksum: -5 };
}

describe("the keys of records", () => {
  it("order by the bytes of the key, then by revision", () => {
    fc.assert(
      fc.property(keys, revisions, keys, revisions, (a, left, b, right) => {
        const order = Buffer.compare(Buffer.from(a), Buffer.from(b)) || Math.sign(left - right);
        expect(Buffer.compare(dataKeyOf(a, headAt(left)), dataKeyOf(b, headAt(right)))).toBe(order);
      }),
    );
  });

  it("lie between the bounds of exactly their prefixes", () => {
    fc.assert(
      fc.property(keys, keys, revisions, (prefix, key, revision) => {
        const dataKey = dataKeyOf(key, headAt(revision));
        const inside = dataKey.compare(prefixStart(prefix)) >= 0 && dataKey.compare(prefixEnd(prefix)) < 0;
        expect(inside).toBe(key.startsWith(prefix));
        const full = dataKeyOf(prefix + key, headAt(revision));
        expect(full.compare(prefixStart(prefix)) >= 0 && full.compare(prefixEnd(prefix)) < 0).toBe(true);
        expect(full.compare(keyEnd(prefix)) > 0).toBe(key !== "");
      }),
    );
  });

  it("lie between the bounds of their revisions", () => {
    fc.assert(
      fc.property(keys, revisions, (key, revision) => {
        const dataKey = dataKeyOf(key, headAt(revision));
        expect(dataKey.compare(versionBound(key, revision))).toBe(1);
        expect(dataKey.compare(versionBound(key, revision + 1))).toBe(-1);
      }),
    );
  });

  it("tell what was written", () => {
    fc.assert(
      fc.property(keys, revisions, fc.uint8Array(), fc.integer({ min: 0, max: 1000 }), (key, revision, bytes, sub) => {
        const head = { revision, createRevision: 3, expiresAt: 1_800_000_000_000, deleted: false, noted: true };
        const previous = { ...headAt(2), deleted: true };
        const value = Buffer.from(bytes);
        const change = encodeChange(key, head, sub, value, previous);
        expect(headOf(change.dataKey)).toEqual({ ...head, checksum: change.checksum });
        expect(keyOf(change.dataKey)).toBe(key);
        expect(checksumOf(change.dataKey, value)).toBe(change.checksum);
        expect(logRevisionOf(change.logKey)).toBe(revision);
        expect(changedDataKey(change.logValue).equals(change.dataKey)).toBe(true);
        expect(replacedDataKey(change.logValue)).toEqual(dataKeyOf(key, previous));
        expect(replacedRevision(change.logValue)).toBe(2);
        const created = encodeChange(key, head, sub, value, undefined);
        expect(replacedDataKey(created.logValue)).toBeUndefined();
      }),
    );
  });

  it("are not mistaken for others", () => {
    const dataKey = dataKeyOf("/a", headAt(7));
    expect(headOf(dataKey.subarray(0, 20))).toBeUndefined();
    expect(headOf(Buffer.alloc(0))).toBeUndefined();
    const wrong = Buffer.from(dataKey);
    wrong[wrong.length - 30] = 2;
    expect(headOf(wrong)).toBeUndefined();
  });
});
