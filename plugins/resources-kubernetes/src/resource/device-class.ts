import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { sameJson } from "../checks/same-json.js";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import { OlderVersion } from "../older-version.js";
import type * as resource from "../types/resource-v1.js";
import { checkList } from "./check-list.js";
import { checkConfiguration, checkSelectors } from "./check-selectors.js";

const MAX_CONFIGS = 32;

/** A kind of devices that can be asked for. */
@Native({
  group: "resource.k8s.io",
  version: "v1",
  kind: "DeviceClass",
  plural: "deviceclasses",
  scope: "Cluster",
  storage: true,
  returnDeletedObject: true,
  generation: true,
})
@Column(AGE_COLUMN)
export class DeviceClass extends ApiObject {
  override spec!: resource.DeviceClass["spec"];

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    if (operation === "CREATE") check(this.spec, undefined, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    check(this.spec, old.spec, errors);
  }
}

/** Served when the config says so. */
@OlderVersion({ version: "v1beta2", deprecatedIn: "1.36", removedIn: "1.39" })
export class DeviceClassV1beta2 extends DeviceClass {}

/** Served when the config says so. */
@OlderVersion({ version: "v1beta1", deprecatedIn: "1.35", removedIn: "1.38" })
export class DeviceClassV1beta1 extends DeviceClass {}

function check(
  { selectors, config }: resource.DeviceClassSpec,
  old: resource.DeviceClassSpec | undefined,
  errors: FieldErrors,
): void {
  checkSelectors(selectors, "spec.selectors", errors);
  const stored = old !== undefined && sameJson(config, old.config);
  checkList(config, MAX_CONFIGS, "spec.config", errors, (one, at) => checkConfiguration(one, at, errors, stored));
}
