import { type FieldErrors, isJsonObject, type KubeObject } from "@quarterdeck/meta";
import { ApiObject, Column, type HookContext } from "@quarterdeck/sdk";
import { AGE_COLUMN } from "../../columns/age-column.js";
import { selectorCell } from "../../columns/selector-cell.js";
import { Native } from "../../native.js";
import type * as networking from "../../types/networking-v1.js";
import { checkNetworkPolicySpec } from "./check-network-policy-spec.js";
import { blocksOf, blockWarnings } from "./ip-blocks.js";

function isNetworkPolicy(object: object): object is networking.NetworkPolicy {
  return "spec" in object && isJsonObject(object.spec);
}

function podsCell(object: KubeObject): string {
  return isNetworkPolicy(object) ? selectorCell(object.spec.podSelector) : "";
}

/** What may reach some pods, and what they may reach. */
@Native({
  group: "networking.k8s.io",
  version: "v1",
  kind: "NetworkPolicy",
  plural: "networkpolicies",
  shortNames: ["netpol"],
  generation: true,
})
@Column({ name: "Pod-Selector", type: "string", description: "The pods that it is about", value: podsCell })
@Column(AGE_COLUMN)
export class NetworkPolicy extends ApiObject {
  override spec!: networking.NetworkPolicy["spec"];

  override default(): void {
    const { ingress, egress, policyTypes } = this.spec;
    if ((policyTypes ?? []).length === 0)
      this.spec.policyTypes = ["Ingress", ...((egress ?? []).length > 0 ? ["Egress"] : [])];
    for (const rule of [...(ingress ?? []), ...(egress ?? [])])
      for (const port of rule.ports ?? []) port.protocol ??= "TCP";
  }

  override validate(errors: FieldErrors, context: HookContext): void {
    if (context.operation === "CREATE") check(this.spec, [], errors, context);
  }

  override validateUpdate(old: this, errors: FieldErrors, context: HookContext): void {
    const known = blocksOf(old.spec).flatMap(({ block }) => [block.cidr, ...(block.except ?? [])]);
    check(this.spec, known, errors, context);
  }
}

function check(
  spec: networking.NetworkPolicySpec,
  known: readonly string[],
  errors: FieldErrors,
  context: HookContext,
): void {
  checkNetworkPolicySpec(spec, known, errors);
  for (const warning of errors.empty ? blockWarnings(spec) : []) context.warn(warning);
}
