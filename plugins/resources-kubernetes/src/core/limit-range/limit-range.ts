import { randomUUID } from "node:crypto";
import type { FieldErrors } from "@quarterdeck/meta";
import { ApiObject, Column } from "@quarterdeck/sdk";
import { CREATED_AT_COLUMN } from "../../columns/created-at-column.js";
import { Native } from "../../native.js";
import type * as core from "../../types/core-v1.js";
import { checkLimitRange } from "./check-limit-range.js";
import { defaultLimitRange } from "./default-limit-range.js";

/** How much one pod, container or claim of a namespace may ask for, and what it has when it does not ask. */
@Native({
  group: "",
  version: "v1",
  kind: "LimitRange",
  shortNames: ["limits"],
  createOnUpdate: true,
  defaultColumns: false,
})
@Column({ name: "Name", type: "string", format: "name", description: "The name", jsonPath: ".metadata.name" })
@Column(CREATED_AT_COLUMN)
export class LimitRange extends ApiObject {
  override spec!: core.LimitRange["spec"];

  override default(): void {
    defaultLimitRange(this.spec);
  }

  /** A limit range need not have a name. */
  override prepareForCreate(): void {
    this.metadata.name ||= randomUUID();
  }

  override validate(errors: FieldErrors): void {
    checkLimitRange(this.spec, errors);
  }
}
