import { type FieldErrors, qualifiedNameErrors } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { loadCel } from "../checks/check-cel.js";
import { sameJson } from "../checks/same-json.js";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import { OlderVersion } from "../older-version.js";
import type * as resource from "../types/resource-v1.js";
import { checkItems, checkList } from "./check-list.js";
import { checkConfiguration, checkSelectors } from "./check-selectors.js";
import { checkDeclaredConfiguration } from "./declared-claim.js";
import { MAX_CONFIGS, MAX_SELECTORS } from "./device-limits.js";

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

  override authorize(): Promise<void> {
    return loadCel();
  }

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    if (operation !== "CREATE") return;
    check(this.spec, undefined, errors);
    checkDeclared(this.spec, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    check(this.spec, old.spec, errors);
    checkDeclared(this.spec, errors);
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
  checkSelectors(selectors, "spec.selectors", errors, old !== undefined && sameJson(selectors, old.selectors));
  const stored = old !== undefined && sameJson(config, old.config);
  checkItems(config, MAX_CONFIGS, "spec.config", (one, at) => checkConfiguration(one, at, errors, stored));
}

/** What upstream declares at the types of a class. */
function checkDeclared(
  { selectors, config, extendedResourceName: name }: resource.DeviceClassSpec,
  errors: FieldErrors,
) {
  checkList(selectors, MAX_SELECTORS, "spec.selectors", errors, () => {});
  checkList(config, MAX_CONFIGS, "spec.config", errors, (one, at) => checkDeclaredConfiguration(one, at, errors));
  if (name !== undefined) checkExtendedName(name, "spec.extendedResourceName", errors);
}

/** The name of a resource that pods may ask for instead; upstream's `ExtendedResourceName`. */
function checkExtendedName(name: string, path: string, errors: FieldErrors): void {
  if (!name.includes("/"))
    errors.invalid(path, name, "a name must be a domain-prefixed path, such as 'example.com/my-prop'");
  else if (name.includes("kubernetes.io/")) errors.invalid(path, name, 'must not have "kubernetes.io/" domain');
  if (name.startsWith("requests.")) errors.invalid(path, name, 'must not have "requests." prefix');
  errors.invalidEach(path, name, qualifiedNameErrors(`requests.${name}`));
}
