import { type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { checkImmutable } from "../../checks/check-immutable.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { Native } from "../../native.js";
import type * as networking from "../../types/networking-v1.js";
import { checkIngressClassSpec } from "./check-ingress-class-spec.js";

const DEFAULT_ANNOTATION = "ingressclass.kubernetes.io/is-default-class";

function isIngressClass(object: object): object is networking.IngressClass {
  return "spec" in object && isJsonObject(object.spec);
}

function nameCell({ metadata }: KubeObject): string {
  const isDefault = metadata.annotations?.[DEFAULT_ANNOTATION] === "true";
  return `${metadata.name ?? ""}${isDefault ? " (default)" : ""}`;
}

function parametersCell(object: KubeObject): string {
  const parameters = isIngressClass(object) ? object.spec.parameters : undefined;
  if (parameters === undefined) return "<none>";
  const { kind, apiGroup, name } = parameters;
  return `${kind}${apiGroup === undefined ? "" : `.${apiGroup}`}/${name}`;
}

/** Which controller takes care of an Ingress. */
@Native({
  group: "networking.k8s.io",
  version: "v1",
  kind: "IngressClass",
  plural: "ingressclasses",
  scope: "Cluster",
  generation: true,
})
@Column({
  name: "Name",
  type: "string",
  format: "name",
  description: "The name, and whether it is the default",
  value: nameCell,
})
@Column({
  name: "Controller",
  type: "string",
  description: "The controller that takes care of the class",
  value: (object) => (isIngressClass(object) ? (object.spec.controller ?? "") : ""),
})
@Column({ name: "Parameters", type: "string", description: "What else the controller reads", value: parametersCell })
@Column(AGE_COLUMN)
export class IngressClass extends ApiObject {
  override spec!: networking.IngressClass["spec"];

  override default(): void {
    if (this.spec.parameters !== undefined) this.spec.parameters.scope ??= "Cluster";
  }

  override validate(errors: FieldErrors, { operation }: HookContext): void {
    if (operation === "CREATE") checkIngressClassSpec(this.spec, errors);
  }

  override validateUpdate(old: this, errors: FieldErrors): void {
    checkImmutable(this.spec.controller ?? "", old.spec.controller ?? "", "spec.controller", errors);
    checkIngressClassSpec(this.spec, errors);
  }
}
