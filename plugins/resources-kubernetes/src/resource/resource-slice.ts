import { type FieldErrors, isJsonObject } from "@quarterdeck/meta";
import { ApiObject, Column, type ColumnOptions, type HookContext, SelectableField } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import { OlderVersion } from "../older-version.js";
import type * as resource from "../types/resource-v1.js";
import type * as resourceV1beta1 from "../types/resource-v1beta1.js";
import { checkResourceSlice } from "./check-resource-slice.js";
import { checkDeclaredSlice } from "./declared-slice.js";
import { defaultTaint } from "./default-taint.js";
import { sliceSpecFromStored, sliceSpecToStored } from "./slice-conversion.js";

function isSlice(object: object): object is Pick<resource.ResourceSlice, "spec"> {
  return "spec" in object && isJsonObject(object.spec);
}

const COLUMNS = {
  node: {
    name: "Node",
    type: "string",
    description: "The node that has the devices, if it is one",
    value: (object) => (isSlice(object) ? (object.spec.nodeName ?? "") : ""),
  },
  driver: { name: "Driver", type: "string", description: "Whose devices they are", jsonPath: ".spec.driver" },
  pool: { name: "Pool", type: "string", description: "The pool that they are in", jsonPath: ".spec.pool.name" },
} as const satisfies { readonly [name: string]: ColumnOptions };

function checkAndWarn(
  spec: resource.ResourceSliceSpec,
  old: resource.ResourceSliceSpec | undefined,
  basic: boolean,
  errors: FieldErrors,
  context: HookContext,
): void {
  checkResourceSlice(spec, old, errors);
  checkDeclaredSlice(spec, basic, errors);
  if (!errors.empty || spec.driver === spec.driver.toLowerCase()) return;
  const quoted = JSON.stringify(spec.driver);
  context.warn(`spec.driver: driver names should be lowercase; ${quoted} contains uppercase characters`);
}

/** The devices that a driver has on a node or for several, or a part of them. */
@Native({
  group: "resource.k8s.io",
  version: "v1",
  kind: "ResourceSlice",
  scope: "Cluster",
  storage: true,
  returnDeletedObject: true,
  generation: true,
})
@SelectableField(".spec.nodeName")
@SelectableField(".spec.driver")
@SelectableField(".spec.pool.name")
@Column(COLUMNS.node)
@Column(COLUMNS.driver)
@Column(COLUMNS.pool)
@Column(AGE_COLUMN)
export class ResourceSlice extends ApiObject {
  override spec!: resource.ResourceSlice["spec"];

  override default(): void {
    for (const { taints = [] } of this.spec.devices ?? []) for (const taint of taints) defaultTaint(taint);
  }

  override validate(errors: FieldErrors, context: HookContext): void {
    if (context.operation === "CREATE") checkAndWarn(this.spec, undefined, false, errors, context);
  }

  override validateUpdate(old: this, errors: FieldErrors, context: HookContext): void {
    checkAndWarn(this.spec, old.spec, false, errors, context);
  }
}

/** Served when the config says so. */
@OlderVersion({ version: "v1beta2", deprecatedIn: "1.36", removedIn: "1.39" })
export class ResourceSliceV1beta2 extends ResourceSlice {}

/** Served when the config says so; all of a device but its name stands in its `basic`. */
@Native({
  group: "resource.k8s.io",
  version: "v1beta1",
  kind: "ResourceSlice",
  scope: "Cluster",
  servedByDefault: false,
  deprecated: "resource.k8s.io/v1beta1 ResourceSlice is deprecated in v1.35+, unavailable in v1.38+",
  generation: true,
})
@SelectableField(".spec.nodeName")
@SelectableField(".spec.driver")
@SelectableField(".spec.pool.name")
@Column(COLUMNS.node)
@Column(COLUMNS.driver)
@Column(COLUMNS.pool)
@Column(AGE_COLUMN)
export class ResourceSliceV1beta1 extends ApiObject {
  override spec!: resourceV1beta1.ResourceSlice["spec"];

  static convertFrom(stored: object): object {
    if (!isSlice(stored)) throw new TypeError("a slice without a spec");
    return { spec: sliceSpecFromStored(stored.spec) };
  }

  override convertTo(): object {
    return { spec: sliceSpecToStored(this.spec) };
  }

  override default(): void {
    for (const { basic } of this.spec.devices ?? []) for (const taint of basic?.taints ?? []) defaultTaint(taint);
  }

  override validate(errors: FieldErrors, context: HookContext): void {
    if (context.operation === "CREATE") checkAndWarn(sliceSpecToStored(this.spec), undefined, true, errors, context);
  }

  override validateUpdate(old: this, errors: FieldErrors, context: HookContext): void {
    checkAndWarn(sliceSpecToStored(this.spec), sliceSpecToStored(old.spec), true, errors, context);
  }
}
