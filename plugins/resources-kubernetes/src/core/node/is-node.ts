import { isJsonObject } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";

/** True for what has been read as a node: its schema has seen to the fields that the type says are always there. */
export function isNode(object: object): object is core.Node {
  return "spec" in object && isJsonObject(object.spec) && "status" in object && isJsonObject(object.status);
}
