import type { FieldErrors, KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { sameJson } from "../../checks/same-json.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { addressWarnings } from "./address-warnings.js";
import { checkSubsets } from "./check-subsets.js";
import { endpointsCell } from "./endpoints-cell.js";

function isEndpoints(object: object): object is core.Endpoints {
  return !("subsets" in object) || Array.isArray(object.subsets);
}

/** Where the requests of a service go, in the older form. */
@Native({
  group: "",
  version: "v1",
  kind: "Endpoints",
  plural: "endpoints",
  shortNames: ["ep"],
  createOnUpdate: true,
  deprecated: "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
})
@Column({
  name: "Endpoints",
  type: "string",
  description: "The addresses and ports",
  value: (object: KubeObject) => (isEndpoints(object) ? endpointsCell(object.subsets) : ""),
})
@Column(AGE_COLUMN)
export class Endpoints extends ApiObject {
  subsets!: core.Endpoints["subsets"];

  override default(): void {
    for (const { ports } of this.subsets ?? []) for (const port of ports ?? []) port.protocol ||= "TCP";
  }

  override validate(errors: FieldErrors, context: HookContext): void {
    if (context.operation === "CREATE") check(this, errors, context);
  }

  override validateUpdate(old: this, errors: FieldErrors, context: HookContext): void {
    // what was let pass once may stay
    if (!sameJson(this.subsets, old.subsets)) check(this, errors, context);
  }
}

function check(endpoints: Endpoints, errors: FieldErrors, context: HookContext): void {
  checkSubsets(endpoints.subsets, errors);
  if (errors.empty) for (const warning of addressWarnings(endpoints.metadata, endpoints.subsets)) context.warn(warning);
}
