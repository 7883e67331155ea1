import type { Status } from "@quarterdeck/meta";
import { STATUS } from "./meta-messages.js";
import { sealObject } from "./seal-envelope.js";

/** A Status as it travels in protobuf. */
export function statusProtobuf(status: Status): Buffer {
  return sealObject(STATUS, status);
}
