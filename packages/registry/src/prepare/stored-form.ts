import type { JsonObject, KubeObject, ObjectMeta } from "@quarterdeck/meta";
import { OBJECT_META_FIELDS } from "@quarterdeck/meta";
import { assembleObject } from "../decode/read-object.js";
import type { WriteRequest } from "../registry-resource.js";

function take<K extends keyof ObjectMeta>(target: ObjectMeta, source: ObjectMeta, key: K): void {
  const value = source[key];
  if (value !== undefined) target[key] = value;
}

/** Whether the stored form keeps the resourceVersion it has: answers that are not stored do, what is stored never. */
export type Revision = "keep" | "drop";

/** An object with its fields as they are once they were stored; the same one where they are so already. */
export function settled({ version }: WriteRequest, object: KubeObject): KubeObject {
  const fields: JsonObject = object;
  const stored = version.normaliser.settle?.(fields) ?? fields;
  return stored === fields ? object : assembleObject(version, object.metadata, stored);
}

/** An object of the request's version as the store takes it: storage version, metadata in order. */
export function storedForm(request: WriteRequest, object: KubeObject, revision: Revision): KubeObject {
  const metadata: ObjectMeta = {};
  for (const key of OBJECT_META_FIELDS) {
    if (key !== "resourceVersion" || revision === "keep") take(metadata, object.metadata, key);
  }
  return request.version.toStorage(assembleObject(request.version, metadata, object));
}
