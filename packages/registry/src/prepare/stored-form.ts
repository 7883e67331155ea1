import type { KubeObject, ObjectMeta } from "@quarterdeck/meta";
import { OBJECT_META_FIELDS } from "@quarterdeck/meta";
import { assembleObject } from "../decode/read-object.js";
import type { WriteRequest } from "../registry-resource.js";

function take<K extends keyof ObjectMeta>(target: ObjectMeta, source: ObjectMeta, key: K): void {
  const value = source[key];
  if (value !== undefined) target[key] = value;
}

/** Whether the stored form keeps the resourceVersion it has: answers that are not stored do, what is stored never. */
export type Revision = "keep" | "drop";

/** An object of the request's version as the store takes it: storage version, metadata in order. */
export function storedForm(request: WriteRequest, object: KubeObject, revision: Revision): KubeObject {
  const metadata: ObjectMeta = {};
  for (const key of OBJECT_META_FIELDS) {
    if (key !== "resourceVersion" || revision === "keep") take(metadata, object.metadata, key);
  }
  return request.version.toStorage(assembleObject(request.version, metadata, object));
}
