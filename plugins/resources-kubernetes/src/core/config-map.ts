import type { FieldErrors, KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, Field, Message, Resource } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../columns/age-column.js";
import { nativeMessage } from "../facts/native-message.js";
import { checkBase64 } from "./check-base64.js";
import { checkDataKey, decodedBytes, MAX_DATA_BYTES, sameData, textBytes } from "./data-keys.js";

const FROZEN = "field is immutable when `immutable` is set";

function entries(object: KubeObject): number {
  const { data, binaryData } = object;
  return Object.keys(Object(data)).length + Object.keys(Object(binaryData)).length;
}

/** Configuration for programs, as keys and values. */
@Message(() => nativeMessage("core/v1.ConfigMap"))
@Resource({
  group: "",
  version: "v1",
  kind: "ConfigMap",
  shortNames: ["cm"],
  description: "Configuration for programs, as keys and values.",
})
@Column({ name: "Data", type: "string", description: "The number of keys", value: entries })
@Column(AGE_COLUMN)
export class ConfigMap extends ApiObject {
  @Field({
    proto: 2,
    additionalProperties: { type: "string" },
    description: "Text values by key; a key has letters, digits, '-', '_' and '.'.",
  })
  data?: { [key: string]: string };

  @Field({
    proto: 3,
    additionalProperties: { type: "string", format: "byte" },
    description: "Binary values by key, in base64; no key may also stand in data.",
  })
  binaryData?: { [key: string]: string };

  @Field({ proto: 4, description: "Once true, neither the data nor this field can be changed." })
  immutable?: boolean;

  override default(): void {
    checkBase64("ConfigMap", this.binaryData);
  }

  override validate(errors: FieldErrors): void {
    for (const key of Object.keys(this.data ?? {})) {
      checkDataKey(key, "data", errors);
      if (Object.hasOwn(this.binaryData ?? {}, key))
        errors.invalid(`data[${key}]`, key, "duplicate of key present in binaryData");
    }
    for (const key of Object.keys(this.binaryData ?? {})) checkDataKey(key, "binaryData", errors);
    if (textBytes(this.data) + decodedBytes(this.binaryData) > MAX_DATA_BYTES)
      // The path that upstream gives to what is wrong with the whole.
      errors.tooLong("[]", MAX_DATA_BYTES);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    if (old.immutable !== true) return;
    if (this.immutable !== true) errors.forbidden("immutable", FROZEN);
    if (!sameData(this.data, old.data)) errors.forbidden("data", FROZEN);
    if (!sameData(this.binaryData, old.binaryData)) errors.forbidden("binaryData", FROZEN);
  }
}
