import { type FieldErrors, StatusError } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { checkNeededEnum } from "../../checks/check-enum.js";
import { checkImmutable } from "../../checks/check-immutable.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as scheduling from "../../types/scheduling-v1.js";
import { hasSystemPrefix, isSystemPriorityClass, systemClassProblem } from "./system-priority-classes.js";

const HIGHEST_OF_USERS = 1_000_000_000;
const PREEMPTION_POLICIES = ["PreemptLowerPriority", "Never"];

/** A name for a priority of pods. */
@Native({
  group: "scheduling.k8s.io",
  version: "v1",
  kind: "PriorityClass",
  plural: "priorityclasses",
  scope: "Cluster",
  shortNames: ["pc"],
})
@Column({ name: "Value", type: "integer", description: "The priority of its pods", jsonPath: ".value" })
@Column({
  name: "Global-Default",
  type: "boolean",
  description: "Whether pods that name no class have this one",
  value: ({ globalDefault }) => globalDefault === true,
})
@Column(AGE_COLUMN)
@Column({
  name: "PreemptionPolicy",
  type: "string",
  description: "Whether its pods may push others out",
  jsonPath: ".preemptionPolicy",
})
export class PriorityClass extends ApiObject {
  value!: scheduling.PriorityClass["value"];
  globalDefault!: scheduling.PriorityClass["globalDefault"];
  description!: scheduling.PriorityClass["description"];
  preemptionPolicy!: scheduling.PriorityClass["preemptionPolicy"];

  override default(): void {
    this.preemptionPolicy ??= "PreemptLowerPriority";
  }

  override prepareForCreate(): void {
    this.metadata.generation = 1;
  }

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    if (operation !== "CREATE") return;
    const { name = "" } = this.metadata;
    if (hasSystemPrefix(name)) checkSystemClass(name, this, errors);
    else if (this.value > HIGHEST_OF_USERS)
      errors.forbidden("value", `maximum allowed value of a user defined priority is ${HIGHEST_OF_USERS}`);
    checkNeededEnum(this.preemptionPolicy, PREEMPTION_POLICIES, "preemptionPolicy", errors);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    if (this.value !== old.value) errors.forbidden("value", "may not be changed in an update.");
    checkImmutable(this.preemptionPolicy, old.preemptionPolicy, "preemptionPolicy", errors);
  }

  /** Classes go at once, but for those of the system, which stay. */
  override gracePeriod(): undefined {
    const { name = "" } = this.metadata;
    if (!isSystemPriorityClass(name)) return;
    const resource = { group: "scheduling.k8s.io", resource: "priorityclasses" };
    throw StatusError.forbidden(resource, name, "this is a system priority class and cannot be deleted");
  }
}

function checkSystemClass(name: string, { value, globalDefault }: PriorityClass, errors: FieldErrors): void {
  const problem = systemClassProblem(name, value, globalDefault === true);
  if (problem === undefined) return;
  const reserved = "priority class names with 'system-' prefix are reserved for system use only";
  errors.forbidden("metadata.name", `${reserved}. error: ${problem}`);
}
