import { type FieldErrors, humanDuration, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { checkConditions } from "../checks/check-conditions.js";
import { checkCsiDriverName } from "../checks/check-csi-driver-name.js";
import { sameJson } from "../checks/same-json.js";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import { OlderVersion } from "../older-version.js";
import type * as resource from "../types/resource-v1alpha3.js";
import { checkDeviceName, checkPoolName } from "./check-device-names.js";
import { checkDeclaredTaint, checkDeviceTaint } from "./check-device-taint.js";
import { currentSecond, defaultTaint } from "./default-taint.js";

const MAX_CONDITIONS = 8;

function isRule(object: object): object is Pick<resource.DeviceTaintRule, "spec"> {
  return "spec" in object && isJsonObject(object.spec);
}

function sinceCell(object: KubeObject): string {
  const since = isRule(object) ? object.spec.taint.timeAdded : undefined;
  return since === undefined ? "" : humanDuration(Date.now() - Date.parse(since));
}

/** Taints the devices that it chooses. */
@Native({
  group: "resource.k8s.io",
  version: "v1",
  kind: "DeviceTaintRule",
  scope: "Cluster",
  storage: true,
  unconditionalUpdate: false,
  generation: true,
  status: true,
  statusMetadata: false,
  facts: "resource/v1alpha3",
})
@Column({ name: "Key", type: "string", description: "The key of the taint", jsonPath: ".spec.taint.key" })
@Column({
  name: "Value",
  type: "string",
  description: "The value of the taint",
  value: (object) => (isRule(object) ? (object.spec.taint.value ?? "") : ""),
})
@Column({ name: "Effect", type: "string", description: "What the taint does", jsonPath: ".spec.taint.effect" })
@Column({ name: "TimeAdded", type: "string", description: "For how long they are tainted", value: sinceCell })
@Column(AGE_COLUMN)
export class DeviceTaintRule extends ApiObject {
  override spec!: resource.DeviceTaintRule["spec"];
  override status!: resource.DeviceTaintRule["status"];

  override default(): void {
    defaultTaint(this.spec.taint);
  }

  override prepareForCreate(): void {
    this.status = {};
  }

  override prepareForUpdate(old: this): void {
    const { taint } = this.spec;
    if (taint.effect !== old.spec.taint.effect && taint.timeAdded === old.spec.taint.timeAdded)
      taint.timeAdded = currentSecond();
  }

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    if (operation === "CREATE") check(this.spec, undefined, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors, { subresource }: HookContext): void {
    if (subresource !== "status") {
      check(this.spec, old.spec, errors);
      return;
    }
    const conditions = this.status.conditions ?? [];
    checkConditions(conditions, "status.conditions", errors);
    if (conditions.length > MAX_CONDITIONS) errors.tooMany("status.conditions", conditions.length, MAX_CONDITIONS);
  }
}

/** Served when the config says so. */
@OlderVersion({ version: "v1beta2" })
export class DeviceTaintRuleV1beta2 extends DeviceTaintRule {}

/** Served when the config says so. */
@OlderVersion({ version: "v1alpha3", deprecatedIn: "1.36", removedIn: "1.39" })
export class DeviceTaintRuleV1alpha3 extends DeviceTaintRule {}

function check(
  { deviceSelector, taint }: resource.DeviceTaintRuleSpec,
  old: resource.DeviceTaintRuleSpec | undefined,
  errors: FieldErrors,
): void {
  const { driver, pool, device } = deviceSelector ?? {};
  const path = "spec.deviceSelector";
  if (driver !== undefined) checkCsiDriverName(driver, `${path}.driver`, errors);
  if (pool !== undefined) checkPoolName(pool, `${path}.pool`, errors);
  if (device !== undefined) checkDeviceName(device, `${path}.device`, errors);
  checkDeviceTaint(taint, "spec.taint", errors);
  // A taint that stays is not looked at again, whatever its effect.
  if (!sameJson(taint, old?.taint)) checkDeclaredTaint(taint, "spec.taint", errors);
}
