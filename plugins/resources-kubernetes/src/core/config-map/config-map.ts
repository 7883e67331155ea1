import type { FieldErrors, KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { checkDataKey, decodedBytes, MAX_DATA_BYTES, sameData, textBytes } from "../../checks/check-data-key.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";

const FROZEN = "field is immutable when `immutable` is set";

function entries(object: KubeObject): number {
  const { data, binaryData } = object;
  return Object.keys(Object(data)).length + Object.keys(Object(binaryData)).length;
}

/** Configuration for programs, as keys and values. */
@Native({
  group: "",
  version: "v1",
  kind: "ConfigMap",
  shortNames: ["cm"],
})
@Column({ name: "Data", type: "string", description: "The number of keys", value: entries })
@Column(AGE_COLUMN)
export class ConfigMap extends ApiObject {
  data?: core.ConfigMap["data"];
  binaryData?: core.ConfigMap["binaryData"];
  immutable?: boolean;

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    if (operation === "CREATE") check(this, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    if (old.immutable === true) {
      if (this.immutable !== true) errors.forbidden("immutable", FROZEN);
      if (!sameData(this.data, old.data)) errors.forbidden("data", FROZEN);
      if (!sameData(this.binaryData, old.binaryData)) errors.forbidden("binaryData", FROZEN);
    }
    check(this, errors);
  }
}

function check({ data, binaryData }: ConfigMap, errors: FieldErrors): void {
  for (const key of Object.keys(data ?? {})) {
    checkDataKey(key, "data", errors);
    if (Object.hasOwn(binaryData ?? {}, key))
      errors.invalid(`data[${key}]`, key, "duplicate of key present in binaryData");
  }
  for (const key of Object.keys(binaryData ?? {})) checkDataKey(key, "binaryData", errors);
  if (textBytes(data) + decodedBytes(binaryData) > MAX_DATA_BYTES)
    // The path that upstream gives to what is wrong with the whole.
    errors.tooLong("[]", MAX_DATA_BYTES);
}
