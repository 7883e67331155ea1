import { type FieldErrors, isJsonObject, type JsonValue, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import type * as flowcontrol from "../types/flowcontrol-v1.js";
import { checkFlowConditions } from "./check-flow-conditions.js";
import { checkPriorityLevelSpec } from "./check-priority-level.js";
import { defaultPriorityLevel } from "./default-priority-level.js";

const NONE = "<none>";

function limited(object: KubeObject): { readonly [name: string]: JsonValue | undefined } {
  const spec: unknown = object.spec;
  return isJsonObject(spec) && isJsonObject(spec.limited) ? spec.limited : {};
}

function queuing(object: KubeObject, field: keyof flowcontrol.QueuingConfiguration): string | number {
  const { limitResponse } = limited(object);
  const config = isJsonObject(limitResponse) ? limitResponse.queuing : undefined;
  const value = isJsonObject(config) ? config[field] : undefined;
  return typeof value === "number" ? value : NONE;
}

function shares(object: KubeObject): string | number {
  const { nominalConcurrencyShares } = limited(object);
  return typeof nominalConcurrencyShares === "number" ? nominalConcurrencyShares : NONE;
}

/** How many requests of one priority may run at a time, and what happens to the others. */
@Native({
  group: "flowcontrol.apiserver.k8s.io",
  version: "v1",
  kind: "PriorityLevelConfiguration",
  scope: "Cluster",
  generation: true,
  status: true,
})
@Column({ name: "Type", type: "string", description: "Exempt or Limited", jsonPath: ".spec.type" })
@Column({
  name: "NominalConcurrencyShares",
  type: "string",
  description: "Its part of the server's seats",
  value: shares,
})
@Column({
  name: "Queues",
  type: "string",
  description: "The number of queues",
  value: (object) => queuing(object, "queues"),
})
@Column({
  name: "HandSize",
  type: "string",
  description: "Of how many queues a flow uses the shortest",
  value: (object) => queuing(object, "handSize"),
})
@Column({
  name: "QueueLengthLimit",
  type: "string",
  description: "How many requests may wait in one queue",
  value: (object) => queuing(object, "queueLengthLimit"),
})
@Column(AGE_COLUMN)
export class PriorityLevelConfiguration extends ApiObject {
  override spec!: flowcontrol.PriorityLevelConfiguration["spec"];
  override status!: flowcontrol.PriorityLevelConfiguration["status"];

  override default(): void {
    defaultPriorityLevel(this.spec);
  }

  override prepareForCreate(): void {
    this.status = {};
  }

  override validate(errors: FieldErrors, { subresource }: HookContext): void {
    const { name = "" } = this.metadata;
    if (subresource !== "status") checkPriorityLevelSpec(this.spec, name, errors);
    checkFlowConditions(this.status, errors);
  }
}
