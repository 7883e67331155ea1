import { type FieldErrors, type KubeObject, setOwn } from "@quarterdeck/meta";
import { ApiObject, Column, SelectableField } from "@quarterdeck/sdk";
import { checkDataKey, decodedBytes, MAX_DATA_BYTES, sameData } from "../../checks/check-data-key.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { SECRET_TYPES } from "./secret-types.js";

const FROZEN = "field is immutable when `immutable` is set";

function entries(object: KubeObject): number {
  return Object.keys(Object(object.data)).length;
}

/** Small confidential values, as keys and base64. */
@Native({
  group: "",
  version: "v1",
  kind: "Secret",
})
@SelectableField(".type")
@Column({ name: "Type", type: "string", description: "The type of the secret", jsonPath: ".type" })
@Column({ name: "Data", type: "string", description: "The number of keys", value: entries })
@Column(AGE_COLUMN)
export class Secret extends ApiObject {
  data?: core.Secret["data"];
  immutable?: boolean;
  stringData?: core.Secret["stringData"];
  type?: core.SecretType;

  override default(): void {
    this.type ??= "Opaque";
    if (this.stringData === undefined) return;
    const merged: { [key: string]: string } = {};
    for (const [key, value] of Object.entries(this.data ?? {})) setOwn(merged, key, value);
    for (const [key, value] of Object.entries(this.stringData))
      setOwn(merged, key, Buffer.from(value).toString("base64"));
    this.data = merged;
    delete this.stringData;
  }

  override validate(errors: FieldErrors): void {
    for (const key of Object.keys(this.data ?? {})) checkDataKey(key, "data", errors);
    if (decodedBytes(this.data) > MAX_DATA_BYTES) errors.tooLong("data", MAX_DATA_BYTES);
    SECRET_TYPES.get(this.type ?? "")?.(this.data ?? {}, errors);
    const annotation = "kubernetes.io/service-account.name";
    if (this.type === "kubernetes.io/service-account-token" && !this.metadata.annotations?.[annotation]) {
      errors.required(`metadata.annotations[${annotation}]`);
    }
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    if (this.type !== old.type) errors.invalid("type", this.type, "field is immutable");
    if (old.immutable !== true) return;
    if (this.immutable !== true) errors.forbidden("immutable", FROZEN);
    if (!sameData(this.data, old.data)) errors.forbidden("data", FROZEN);
  }
}
