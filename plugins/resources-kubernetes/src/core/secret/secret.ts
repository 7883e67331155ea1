import { type FieldErrors, type KubeObject, setOwn } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext, SelectableField } from "@quarterdeck/sdk";
import { checkDataKey, decodedBytes, MAX_DATA_BYTES, sameData } from "../../checks/check-data-key.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { keyPairProblem } from "./key-pair-problem.js";
import { SECRET_TYPES } from "./secret-types.js";

const ACCOUNT = "kubernetes.io/service-account.name";
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

  override validate(errors: FieldErrors, context: HookContext): void {
    if (context.operation === "CREATE") check(this, errors, context);
  }

  override validateUpdate(old: this, errors: FieldErrors, context: HookContext): void {
    if (this.type !== old.type) errors.invalid("type", this.type, "field is immutable");
    if (old.immutable === true) {
      if (this.immutable !== true) errors.forbidden("immutable", FROZEN);
      if (!sameData(this.data, old.data)) errors.forbidden("data", FROZEN);
    }
    check(this, errors, context);
  }
}

function check({ metadata, type, data = {} }: Secret, errors: FieldErrors, { warn }: HookContext): void {
  for (const key of Object.keys(data)) checkDataKey(key, "data", errors);
  if (decodedBytes(data) > MAX_DATA_BYTES) errors.tooLong("data", MAX_DATA_BYTES);
  SECRET_TYPES.get(type ?? "")?.(data, errors);
  if (type === "kubernetes.io/service-account-token" && !metadata.annotations?.[ACCOUNT])
    errors.required(`metadata.annotations[${ACCOUNT}]`);
  if (!errors.empty || type !== "kubernetes.io/tls") return;
  const problem = keyPairProblem(decoded(data, "tls.crt"), decoded(data, "tls.key"));
  if (problem !== undefined) warn(problem);
}

function decoded(data: { readonly [key: string]: string }, key: string): string {
  return Buffer.from(data[key] ?? "", "base64").toString("latin1");
}
