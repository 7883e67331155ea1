import { StatusError } from "@quarterdeck/meta";
import type { CustomResourceDefinitionSpec } from "../../types/apiextensions-v1.js";
import { readSchema, SchemaTypeError } from "./read-schema.js";

const HTTPS_PORT = 443;

/** Brings schemas to Go's form, and refuses what Go's decoder would. */
export function normaliseSchemas({ versions }: CustomResourceDefinitionSpec): void {
  try {
    for (const { schema } of versions ?? [])
      if (schema?.openAPIV3Schema !== undefined) schema.openAPIV3Schema = readSchema(schema.openAPIV3Schema);
  } catch (error) {
    if (!(error instanceof SchemaTypeError)) throw error;
    throw StatusError.badRequest(
      `CustomResourceDefinition in version "v1" cannot be handled as a CustomResourceDefinition: ${error.message}`,
    );
  }
}

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
