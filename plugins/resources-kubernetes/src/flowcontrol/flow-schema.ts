import { dns1123SubdomainErrors, type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, Field, Message, Resource, Spec, Status } from "@quarterdeck/sdk";
import { sameJson } from "../checks/same-json.js";
import { AGE_COLUMN } from "../columns/age-column.js";
import { nativeMessage } from "../facts/native-message.js";
import { checkConditions, FlowControlStatus } from "./condition.js";
import { checkRule, PolicyRulesWithSubjects } from "./flow-schema-rules.js";
import { MANDATORY_FLOW_SCHEMAS } from "./mandatory-specs.js";

const DEFAULT_PRECEDENCE = 1000;
const MAX_PRECEDENCE = 10_000;

/** The priority level that a flow schema sends requests to. */
export class PriorityLevelReference {
  @Field({ proto: 1, required: true, description: "The name of a PriorityLevelConfiguration." })
  name!: string;
}

/** How the requests of a schema are told apart as flows. */
export class FlowDistinguisherMethod {
  @Field({ proto: 1, required: true, description: "ByUser or ByNamespace." })
  type!: string;
}

/** Which requests, and where they go. */
export class FlowSchemaSpec {
  @Field({ proto: 1, required: true, description: "Where matching requests go." })
  priorityLevelConfiguration!: PriorityLevelReference;

  @Field({
    proto: 2,
    type: "integer",
    format: "int32",
    default: DEFAULT_PRECEDENCE,
    description: "1 to 10000: of the schemas that match, the one with the least is taken, then the first by name.",
  })
  matchingPrecedence!: number;

  @Field({ proto: 3, description: "How flows are told apart; without it, all requests are one flow." })
  distinguisherMethod?: FlowDistinguisherMethod;

  @Field({
    proto: 4,
    items: () => PolicyRulesWithSubjects,
    listType: "atomic",
    description: "A request matches when it matches one of these.",
  })
  rules?: PolicyRulesWithSubjects[];
}

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
@Message(() => nativeMessage("flowcontrol/v1.FlowSchema"))
@Resource({
  group: "flowcontrol.apiserver.k8s.io",
  version: "v1",
  kind: "FlowSchema",
  scope: "Cluster",
  description: "Chooses requests and sends them to a priority level.",
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
export class FlowSchema extends ApiObject<FlowSchemaSpec, FlowControlStatus> {
  @Spec({ proto: 2, description: "Which requests, and where they go." })
  override spec?: FlowSchemaSpec;

  @Status({ proto: 3, description: "Whether its priority level exists." })
  override status?: FlowControlStatus;

  override default(): void {
    if (this.spec?.matchingPrecedence === 0) this.spec.matchingPrecedence = DEFAULT_PRECEDENCE;
  }

  override prepareForCreate(): void {
    this.status = {};
  }

  override validate(errors: FieldErrors): void {
    const { name = "" } = this.metadata;
    checkPrecedence(name, this.spec?.matchingPrecedence ?? DEFAULT_PRECEDENCE, errors);
    const method = this.spec?.distinguisherMethod;
    if (method !== undefined && method.type !== "ByUser" && method.type !== "ByNamespace")
      errors.notSupported("spec.distinguisherMethod.type", method, ["ByNamespace", "ByUser"]);
    const level = this.spec?.priorityLevelConfiguration?.name ?? "";
    if (level === "") errors.required("spec.priorityLevelConfiguration.name", "must reference a priority level");
    else
      for (const text of dns1123SubdomainErrors(level))
        errors.invalid("spec.priorityLevelConfiguration.name", level, text);
    for (const [index, rule] of (this.spec?.rules ?? []).entries()) checkRule(rule, `spec.rules[${index}]`, errors);
    const fixed = MANDATORY_FLOW_SCHEMAS.get(name);
    if (fixed !== undefined && !sameJson(this.spec, fixed))
      errors.invalid("spec", this.spec, `spec of '${name}' must equal the fixed value`);
    checkConditions(this.status, errors);
  }
}

function checkPrecedence(name: string, precedence: number, errors: FieldErrors): void {
  const path = "spec.matchingPrecedence";
  if (precedence <= 0) errors.invalid(path, precedence, "must be a positive value");
  if (precedence > MAX_PRECEDENCE) errors.invalid(path, precedence, `must not be greater than ${MAX_PRECEDENCE}`);
  if (precedence === 1 && name !== "exempt")
    errors.invalid(path, precedence, "only the schema named 'exempt' may have matchingPrecedence 1");
}
