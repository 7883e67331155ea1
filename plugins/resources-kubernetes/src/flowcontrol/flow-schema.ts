import { dns1123SubdomainErrors, type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { sameJson } from "../checks/same-json.js";
import { AGE_COLUMN } from "../columns/age-column.js";
import { Native } from "../native.js";
import type * as flowcontrol from "../types/flowcontrol-v1.js";
import { checkFlowConditions } from "./check-flow-conditions.js";
import { checkRule } from "./check-flow-rule.js";
import { MANDATORY_FLOW_SCHEMAS } from "./mandatory-specs.js";

const DEFAULT_PRECEDENCE = 1000;
const MAX_PRECEDENCE = 10_000;

function distinguisher(object: KubeObject): string {
  const spec: unknown = object.spec;
  const method = isJsonObject(spec) ? spec.distinguisherMethod : undefined;
  return isJsonObject(method) ? String(method.type) : "<none>";
}

/** A number in a column of strings, as upstream sends it. */
function precedence(object: KubeObject): number | undefined {
  const spec: unknown = object.spec;
  const value = isJsonObject(spec) ? spec.matchingPrecedence : undefined;
  return typeof value === "number" ? value : undefined;
}

function missingLevel(object: KubeObject): string {
  const status: unknown = object.status;
  const conditions = isJsonObject(status) && Array.isArray(status.conditions) ? status.conditions : [];
  const dangling = conditions.find((one) => isJsonObject(one) && one.type === "Dangling");
  return isJsonObject(dangling) ? String(dangling.status ?? "") : "?";
}

/** Chooses requests and sends them to a priority level. */
@Native({
  group: "flowcontrol.apiserver.k8s.io",
  version: "v1",
  kind: "FlowSchema",
  scope: "Cluster",
  generation: true,
  status: true,
})
@Column({
  name: "PriorityLevel",
  type: "string",
  description: "The priority level of its requests",
  jsonPath: ".spec.priorityLevelConfiguration.name",
})
@Column({
  name: "MatchingPrecedence",
  type: "string",
  description: "The least of all that match is taken",
  value: precedence,
})
@Column({ name: "DistinguisherMethod", type: "string", description: "How flows are told apart", value: distinguisher })
@Column(AGE_COLUMN)
@Column({
  name: "MissingPL",
  type: "string",
  description: "Whether the priority level does not exist",
  value: missingLevel,
})
export class FlowSchema extends ApiObject {
  override spec!: flowcontrol.FlowSchema["spec"];
  override status!: flowcontrol.FlowSchema["status"];

  override default(): void {
    if (this.spec.matchingPrecedence === 0) this.spec.matchingPrecedence = DEFAULT_PRECEDENCE;
  }

  override prepareForCreate(): void {
    this.status = {};
  }

  override validate(errors: FieldErrors, { subresource }: HookContext): void {
    const { name = "" } = this.metadata;
    if (subresource !== "status") checkSpec(this.spec, name, errors);
    checkFlowConditions(this.status, errors);
  }
}

function checkSpec(spec: flowcontrol.FlowSchemaSpec, name: string, errors: FieldErrors): void {
  checkPrecedence(name, spec.matchingPrecedence, errors);
  const method = spec.distinguisherMethod;
  if (method !== undefined && method.type !== "ByUser" && method.type !== "ByNamespace")
    errors.notSupported("spec.distinguisherMethod.type", { Type: method.type }, ["ByNamespace", "ByUser"]);
  const level = spec.priorityLevelConfiguration.name;
  const path = "spec.priorityLevelConfiguration.name";
  if (level === "") errors.required(path, "must reference a priority level");
  else errors.invalidEach(path, level, dns1123SubdomainErrors(level));
  for (const [index, rule] of (spec.rules ?? []).entries()) checkRule(rule, `spec.rules[${index}]`, errors);
  const fixed = MANDATORY_FLOW_SCHEMAS.get(name);
  if (fixed !== undefined && !sameJson(spec, fixed))
    errors.invalid("spec", spec, `spec of '${name}' must equal the fixed value`);
}

function checkPrecedence(name: string, precedence: number, errors: FieldErrors): void {
  const path = "spec.matchingPrecedence";
  if (precedence <= 0) errors.invalid(path, precedence, "must be a positive value");
  if (precedence > MAX_PRECEDENCE) errors.invalid(path, precedence, `must not be greater than ${MAX_PRECEDENCE}`);
  if (precedence === 1 && name !== "exempt")
    errors.invalid(path, precedence, "only the schema named 'exempt' may have matchingPrecedence 1");
}
