import type { KubeObject } from "@quarterdeck/meta";
import { copyValue } from "./copy-value.js";

/** A deep copy of an object but for its `managedFields`, which are replaced as a whole and never changed in place. */
export function copyObject(object: KubeObject): KubeObject {
  const { managedFields } = object.metadata;
  if (managedFields === undefined) return copyValue(object);
  const { managedFields: _, ...metadata } = object.metadata;
  const bare: KubeObject = { ...object, metadata };
  const copy = copyValue(bare);
  copy.metadata.managedFields = managedFields;
  return copy;
}
