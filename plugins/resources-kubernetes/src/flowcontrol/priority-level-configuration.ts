import { type FieldErrors, isJsonObject, type JsonValue, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, Message, Resource, Spec, Status } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../columns/age-column.js";
import { nativeMessage } from "../facts/native-message.js";
import { checkPriorityLevelSpec } from "./check-priority-level.js";
import { checkConditions, FlowControlStatus } from "./condition.js";
import { PriorityLevelSpec, QUEUING_DEFAULTS } from "./priority-level-spec.js";

const NONE = "<none>";

function limited(object: KubeObject): { readonly [name: string]: JsonValue | undefined } {
  const spec: unknown = object.spec;
  return isJsonObject(spec) && isJsonObject(spec.limited) ? spec.limited : {};
}

function queuing(object: KubeObject, field: keyof typeof QUEUING_DEFAULTS): string | number {
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
@Message(() => nativeMessage("flowcontrol/v1.PriorityLevelConfiguration"))
@Resource({
  group: "flowcontrol.apiserver.k8s.io",
  version: "v1",
  kind: "PriorityLevelConfiguration",
  scope: "Cluster",
  description: "How many requests of one priority may run at a time, and what happens to the others.",
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
export class PriorityLevelConfiguration extends ApiObject<PriorityLevelSpec, FlowControlStatus> {
  @Spec({ proto: 2, description: "Whether and how the requests of the level are limited." })
  override spec?: PriorityLevelSpec;

  @Status({ proto: 3, description: "What was observed of the level." })
  override status?: FlowControlStatus;

  override default(): void {
    const queues = this.spec?.limited?.limitResponse?.queuing;
    if (queues === undefined) return;
    // To Go a zero is what was left out.
    for (const field of ["queues", "handSize", "queueLengthLimit"] as const)
      if (queues[field] === 0) queues[field] = QUEUING_DEFAULTS[field];
  }

  override prepareForCreate(): void {
    this.status = {};
  }

  override validate(errors: FieldErrors): void {
    const { name = "" } = this.metadata;
    checkPriorityLevelSpec(this.spec ?? { type: "" }, name, errors);
    checkConditions(this.status, errors);
  }
}
