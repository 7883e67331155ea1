import { isJsonObject, type KubeObject } from "@quarterdeck/meta";
import type { ColumnOptions } from "@quarterdeck/sdk";
import type { ParamKind, ParamRef } from "../types/admissionregistration-v1.js";
import type { LabelSelector } from "../types/meta-v1.js";

interface PolicyObject {
  readonly spec: { readonly paramKind?: ParamKind; readonly paramRef?: ParamRef };
}

function isPolicy(object: object): object is PolicyObject {
  return "spec" in object && isJsonObject(object.spec);
}

function kindCell(object: KubeObject): string {
  const kind = isPolicy(object) ? object.spec.paramKind : undefined;
  return kind === undefined ? "<unset>" : `${kind.apiVersion ?? ""}/${kind.kind ?? ""}`;
}

/** A selector as Go's `String` of it writes it. */
function selectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const labels = Object.keys(matchLabels).sort();
  const pairs = labels.map((key) => `${key}: ${matchLabels[key]},`).join("");
  const expressions = matchExpressions.map(
    ({ key, operator, values }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${(values ?? []).join(" ")}],},`,
  );
  return `&LabelSelector{MatchLabels:map[string]string{${pairs}},MatchExpressions:[]LabelSelectorRequirement{${expressions.join("")}},}`;
}

function referenceCell(object: KubeObject): string {
  const { name = "", namespace = "", selector } = (isPolicy(object) ? object.spec.paramRef : undefined) ?? {};
  if (name !== "") return `${namespace === "" ? "*" : namespace}/${name}`;
  return selector === undefined ? "<unset>" : selectorText(selector);
}

/** The kind of parameters that a policy has. */
export const PARAM_KIND_COLUMN: ColumnOptions = {
  name: "ParamKind",
  type: "string",
  description: "The kind of its parameters",
  value: kindCell,
};

/** The policy that a binding is for. */
export const POLICY_NAME_COLUMN: ColumnOptions = {
  name: "PolicyName",
  type: "string",
  description: "The policy that it puts in force",
  value: ({ spec }: KubeObject) => String(Object(spec).policyName ?? ""),
};

/** The parameters that a binding gives a policy. */
export const PARAM_REF_COLUMN: ColumnOptions = {
  name: "ParamRef",
  type: "string",
  description: "The parameters that the policy gets",
  value: referenceCell,
};
