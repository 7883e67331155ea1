import type { CustomResourceDefinitionSpec } from "../../types/apiextensions-v1.js";

const HTTPS_PORT = 443;

/** Names by the kind, and no conversion; upstream's `SetDefaults_CustomResourceDefinitionSpec`. */
export function defaultDefinition(spec: CustomResourceDefinitionSpec): void {
  const { names } = spec;
  names.singular ||= names.kind.toLowerCase();
  if (names.singular === "") delete names.singular;
  if (names.kind !== "") names.listKind ||= `${names.kind}List`;
  spec.conversion ??= { strategy: "None" };
  const service = spec.conversion.webhook?.clientConfig?.service;
  if (service !== undefined) service.port ??= HTTPS_PORT;
}
