import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import { checkNeededEnum } from "../../checks/check-enum.js";
import { checkImmutable } from "../../checks/check-immutable.js";
import { dns1035LabelErrors } from "../../checks/dns-1035.js";
import type {
  CustomResourceDefinition,
  CustomResourceDefinitionSpec,
  CustomResourceDefinitionStatus,
  CustomResourceDefinitionVersion,
} from "../../types/apiextensions-v1.js";
import { checkConversion } from "./check-conversion.js";
import { checkNames } from "./check-names.js";
import { checkSchema } from "./check-schema.js";
import { checkColumns, checkDeprecation, checkSelectableFields, checkSubresources } from "./check-version-parts.js";
import { type SharedParts, sharedParts } from "./shared-parts.js";

const SCOPES: readonly string[] = ["Cluster", "Namespaced"];

/** A definition but for its metadata. */
export type DefinitionParts = Pick<CustomResourceDefinition, "spec" | "status">;

function checkGroup(group: string, errors: FieldErrors): void {
  const problems = dns1123SubdomainErrors(group);
  if (group === "") errors.required("spec.group");
  else if (problems.length > 0) errors.invalid("spec.group", group, problems.join(","));
  else if (!group.includes(".")) errors.invalid("spec.group", group, "should be a domain with at least one dot");
}

/** The parts that are not those of all versions. */
function checkVersion(
  version: CustomResourceDefinitionVersion,
  shared: SharedParts,
  path: string,
  errors: FieldErrors,
): void {
  const own = <P extends Parameters<SharedParts["of"]>[0]>(part: P) =>
    shared.of(part) === undefined ? version[part] : undefined;
  const problems = dns1035LabelErrors(version.name);
  if (problems.length > 0) errors.invalid(`${path}.name`, version.name, problems.join(","));
  checkDeprecation(version.deprecated === true, version.deprecationWarning, `${path}.deprecationWarning`, errors);
  checkParts(version, { of: own }, path, "schema", errors);
}

function checkParts(
  version: CustomResourceDefinitionVersion | undefined,
  parts: SharedParts,
  path: string,
  schemaField: string,
  errors: FieldErrors,
): void {
  const schema = parts.of("schema")?.openAPIV3Schema;
  if (schema !== undefined) checkSchema(schema, `${path}.${schemaField}.openAPIV3Schema`, errors);
  const subresources = parts.of("subresources");
  if (subresources !== undefined) checkSubresources(subresources, `${path}.subresources`, errors);
  checkColumns(parts.of("additionalPrinterColumns") ?? [], `${path}.additionalPrinterColumns`, errors);
  const fields = parts.of("selectableFields") ?? [];
  checkSelectableFields(fields, version?.schema?.openAPIV3Schema, `${path}.selectableFields`, errors);
}

function checkVersions(versions: readonly CustomResourceDefinitionVersion[], errors: FieldErrors): void {
  const names = versions.map(({ name }) => name);
  if (new Set(names).size < names.length)
    errors.invalid("spec.versions", versions, "must contain unique version names");
  if (versions.filter(({ storage }) => storage).length !== 1)
    errors.invalid("spec.versions", versions, "must have exactly one version marked as storage version");
}

/** What is defined; upstream's `validateCustomResourceDefinitionSpec`, with the paths that it has inside. */
export function checkDefinition(
  spec: CustomResourceDefinitionSpec,
  old: CustomResourceDefinitionSpec | undefined,
  errors: FieldErrors,
): void {
  const versions = spec.versions ?? [];
  const shared = sharedParts(versions);
  checkGroup(spec.group, errors);
  checkNeededEnum(spec.scope, SCOPES, "spec.scope", errors);
  for (const [index, { schema }] of versions.entries())
    if (schema?.openAPIV3Schema === undefined) errors.required(`spec.versions[${index}].schema.openAPIV3Schema`);
  for (const [index, version] of versions.entries()) checkVersion(version, shared, `spec.versions[${index}]`, errors);
  checkVersions(versions, errors);
  const { plural, singular = "", kind, listKind = "" } = spec.names;
  for (const [name, value] of Object.entries({ plural, singular, kind, listKind }))
    if (value === "") errors.required(`spec.names.${name}`);
  checkNames(spec.names, "spec.names", errors);
  checkParts(versions[0], shared, "spec", "validation", errors);
  if (spec.conversion !== undefined) checkConversion(spec.conversion, old?.conversion, errors);
}

/** What objects depend on stays as it is; the scope and the kind once the definition is established. */
export function checkDefinitionUpdate(now: DefinitionParts, old: DefinitionParts, errors: FieldErrors): void {
  const { spec } = now;
  const established = (old.status.conditions ?? []).some(
    ({ type, status }) => type === "Established" && status === "True",
  );
  if (established) {
    checkImmutable(spec.scope, old.spec.scope, "spec.scope", errors);
    checkImmutable(spec.names.kind, old.spec.names.kind, "spec.names.kind", errors);
  }
  checkImmutable(spec.group, old.spec.group, "spec.group", errors);
  checkImmutable(spec.names.plural, old.spec.names.plural, "spec.names.plural", errors);
}

/** Objects may be stored in no version that is not defined; upstream's `ValidateCustomResourceDefinitionStoredVersions`. */
export function checkStoredVersions({ spec, status }: DefinitionParts, errors: FieldErrors): void {
  const path = "status.storedVersions";
  const stored = status.storedVersions ?? [];
  if (stored.length === 0) {
    errors.invalid(path, status.storedVersions, "must have at least one stored version");
    return;
  }
  const versions = spec.versions ?? [];
  for (const { name, storage } of versions)
    if (storage && !stored.includes(name)) errors.invalid(path, stored, `must have the storage version ${name}`);
  for (const [index, name] of stored.entries())
    if (!versions.some((version) => version.name === name))
      errors.invalid(
        `${path}[${index}]`,
        name,
        `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`,
      );
}

/** Upstream's `ValidateCustomResourceDefinitionStatus`. */
export function checkDefinitionStatus({ acceptedNames }: CustomResourceDefinitionStatus, errors: FieldErrors): void {
  checkNames(acceptedNames, "status.acceptedNames", errors);
}
