import { type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { checkHostOnly } from "../../checks/check-host.js";
import { checkLegacyIp, ipWarning } from "../../checks/check-ip.js";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { loadBalancerCell } from "../../columns/list-cell.js";
import { Native } from "../../native.js";
import type * as networking from "../../types/networking-v1.js";
import { checkIngressSpec } from "./check-ingress-spec.js";
import { hostsCell } from "./hosts-cell.js";

const CLASS_ANNOTATION = "kubernetes.io/ingress.class";

function isIngress(object: object): object is networking.Ingress {
  return "spec" in object && isJsonObject(object.spec) && "status" in object && isJsonObject(object.status);
}

/** Reads a cell from an object that is an ingress. */
function cell(read: (ingress: networking.Ingress) => string): (object: KubeObject) => string {
  return (object) => (isIngress(object) ? read(object) : "");
}

/** Ways from outside to services, by host and path. */
@Native({
  group: "networking.k8s.io",
  version: "v1",
  kind: "Ingress",
  plural: "ingresses",
  shortNames: ["ing"],
  generation: true,
  status: true,
})
@Column({
  name: "Class",
  type: "string",
  description: "The IngressClass that it is for",
  value: cell(({ spec }) => spec.ingressClassName ?? "<none>"),
})
@Column({
  name: "Hosts",
  type: "string",
  description: "The hosts that requests must be for",
  value: cell(({ spec }) => hostsCell(spec.rules)),
})
@Column({
  name: "Address",
  type: "string",
  description: "Where the load balancer answers",
  value: cell(({ status }) => loadBalancerCell(status.loadBalancer.ingress)),
})
@Column({
  name: "Ports",
  type: "string",
  description: "The ports that it answers at",
  value: cell(({ spec }) => ((spec.tls ?? []).length > 0 ? "80, 443" : "80")),
})
@Column(AGE_COLUMN)
export class Ingress extends ApiObject {
  override spec!: networking.Ingress["spec"];
  override status!: networking.Ingress["status"];

  override prepareForCreate(): void {
    this.status = { loadBalancer: {} };
  }

  override validate(errors: FieldErrors, context: HookContext): void {
    if (context.subresource === "status") return;
    checkIngressSpec(this.spec, errors);
    if (context.operation !== "CREATE") return;
    const annotated = this.metadata.annotations?.[CLASS_ANNOTATION];
    const name = this.spec.ingressClassName;
    if (annotated === undefined || annotated === name) return;
    if (name === undefined) {
      const text = `annotation "${CLASS_ANNOTATION}" is deprecated, please use 'spec.ingressClassName' instead`;
      if (errors.empty) context.warn(text);
    } else
      errors.invalid(
        `annotations.${CLASS_ANNOTATION}`,
        annotated,
        "must match `ingressClassName` when both are specified",
      );
  }

  override validateUpdate(old: this, errors: FieldErrors, context: HookContext): void {
    if (context.subresource !== "status") return;
    const known = (old.status.loadBalancer.ingress ?? []).map(({ ip = "" }) => ip);
    for (const [index, { ip = "", hostname = "" }] of (this.status.loadBalancer.ingress ?? []).entries()) {
      const path = `status.loadBalancer.ingress[${index}]`;
      if (ip !== "") checkLegacyIp(ip, `${path}.ip`, errors, known);
      if (hostname !== "") checkHostOnly(hostname, `${path}.hostname`, errors);
      const warning = ip === "" ? undefined : ipWarning(ip, path);
      if (warning !== undefined) context.warn(warning);
    }
  }
}
