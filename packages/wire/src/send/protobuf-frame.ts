import { varintBytes, varintSize } from "../protobuf/varint-bytes.js";

const LENGTH_BYTES = 4;
const TYPE = Buffer.from([0x0a]);
const OBJECT = Buffer.from([0x12]);
const RAW = Buffer.from([0x0a]);

/**
 * One event of a watch in protobuf: four bytes of length, then `WatchEvent { type = 1, object = 2: RawExtension { raw = 1 } }`
 * without an envelope of its own. `object` has one.
 */
export function protobufFrame(type: string, object: Buffer): Buffer {
  const name = Buffer.from(type, "latin1");
  const rawLength = RAW.length + varintSize(object.length) + object.length;
  const length = Buffer.allocUnsafe(LENGTH_BYTES);
  const event = [TYPE, varintBytes(name.length), name, OBJECT, varintBytes(rawLength), RAW, varintBytes(object.length)];
  const frame = Buffer.concat([length, ...event, object]);
  frame.writeUInt32BE(frame.length - LENGTH_BYTES);
  return frame;
}
